import { expect, it } from 'vitest';
import { sampleImage } from '../../../src/state/page-image.ts';
import { readOwnImage, readSample, writeImage } from '../../../src/state/saved/saved-image.ts';

const sample = { ...sampleImage('room', 'samples/room.png', 320, 240), preview: 'data:image/webp;base64,new' };
const asked = { ...sample, turns: ['t-1'], greeted: true };

it('a sample comes back with its conversation where its preview says that it is the same picture', () => {
  expect(readSample(sample, writeImage(asked))).toEqual(asked);
});

it('another picture under the name of a sample begins anew: the answers were about the one before', () => {
  for (const preview of ['data:image/webp;base64,old', undefined])
    expect(readSample(sample, { ...(writeImage(asked) as object), preview })).toEqual(sample);
});

it('an own picture that was stored before there were previews has none', () => {
  const { preview: _preview, ...before } = writeImage({ ...asked, kind: 'own' }) as typeof sample;
  expect(readOwnImage(before, new Blob(['picture']))).toMatchObject({ kind: 'own', preview: null });
});
