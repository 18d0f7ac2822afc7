import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelPackage } from '../../../src/package/model-package.ts';
import { CachedSequence } from '../../../src/runtime/cached-sequence.ts';
import { hiddenStatesOf, type PicturedSequence } from '../../../src/runtime/hidden-states.ts';
import { nodeBackend } from '../../../src/runtime/node-backend.ts';
import { type EngineParts, openParts } from '../../../src/runtime/open-engine.ts';
import { openDemoPackage } from '../../support/demo-engine.ts';

const ROWS = 64;
/** `<s>`, `<image>`, the rows and `</image>`. */
const PREFIX = ROWS + 3;

describe('the prefixes of pictures, with room for two besides that of the picture asked about', () => {
  let pkg: ModelPackage;
  let parts: EngineParts;

  beforeAll(async () => {
    pkg = await openDemoPackage();
    parts = await openParts(await nodeBackend(1), pkg);
  });

  afterAll(async () => {
    await parts.vision.dispose();
    await parts.decoder.dispose();
  });

  /** A question about a picture, whose rows are numbers of its own. */
  function question(picture: number): PicturedSequence {
    const rows = new Float32Array(ROWS * pkg.config.text.embedDim).fill(picture / 10);
    const ids = [0, 3, ...new Array<number>(ROWS).fill(4), 5, 6, 7];
    return {
      ids,
      imageSpans: [{ image: `${picture}`, start: 2, length: ROWS }],
      images: [{ key: `${picture}`, rows }],
    };
  }

  function newest(): CachedSequence {
    parts.decoder.rewind(0);
    return new CachedSequence(parts.decoder, hiddenStatesOf(pkg), 2 * parts.decoder.bytesOf(PREFIX));
  }

  it('are there again however three pictures are gone through', async () => {
    for (const order of [
      [1, 2, 3, 1, 2, 3, 1, 2, 3],
      [1, 2, 3, 2, 1, 2, 3, 2, 1],
    ]) {
      const cached = newest();
      const first = new Map<number, Float32Array>();
      for (const picture of order) {
        const sequence = question(picture);
        cached.begin(sequence);
        expect(cached.length).toBe(first.has(picture) ? PREFIX : first.size === 0 ? 0 : 2);
        const logits = await cached.logitsUpTo(sequence.ids.length);
        expect(logits).toEqual(first.get(picture) ?? logits);
        first.set(picture, logits.slice());
      }
      cached.dispose();
    }
  });

  it('stay where a picture that was come back to is left before anything was asked', async () => {
    const cached = newest();
    for (const picture of [1, 2]) {
      cached.begin(question(picture));
      await cached.logitsUpTo(question(picture).ids.length);
    }
    const shown = question(1);
    cached.begin({ ...shown, ids: shown.ids.slice(0, PREFIX) });
    cached.begin(question(2));
    expect(cached.length).toBe(PREFIX);
    cached.begin(question(1));
    expect(cached.length).toBeGreaterThanOrEqual(PREFIX - 1);
    cached.dispose();
  });
});
