import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { decodeImageFile } from '../../../../src/cli/decode-image.ts';
import { answerRows } from '../../../../src/cli/ground/answer-rows.ts';
import type { Row, Task } from '../../../../src/cli/ground/row.ts';
import { Grounder } from '../../../../src/cli/grounder.ts';
import { fixture } from '../../../support/packages.ts';

let failing = '';

beforeEach(() => {
  const broken = () => new Readable({ read: (): never => fail(failing) }) as fs.ReadStream;
  vi.spyOn(fs, 'createReadStream').mockImplementation(broken);
  // What other modules import by its name follows only so.
  syncBuiltinESMExports();
});

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

function fail(code: string): never {
  throw Object.assign(new Error(code), { code });
}

const image = fixture('demo-scenes/scene-00.png');

it.each([
  ['EIO', 'STORAGE_FAILED'],
  ['ESTALE', 'STORAGE_FAILED'],
  ['EMFILE', 'STORAGE_FAILED'],
  ['EACCES', 'IMAGE_NOT_AN_IMAGE'],
])('%s as a picture is read is %s', async (reason, code) => {
  failing = reason;
  await expect(decodeImageFile(image)).rejects.toMatchObject({ code, details: { path: image, reason } });
});

it.each<[string, Task]>([
  ['a prompt', { prompt: 'a' }],
  ['a caption that names nothing', { caption: 'so beautiful' }],
])('a disk that fails ends the run at %s instead of failing the row', async (_, task) => {
  failing = 'EIO';
  async function* rows(): AsyncGenerator<Row, void, void> {
    yield { index: 0, image, ...task };
  }
  const engine = { setImage() {}, dropImage() {}, answer: () => fail('unread'), dispose: () => Promise.resolve() };
  const answers = answerRows(rows(), '.', new Grounder(engine, 1), {});
  await expect(answers.next()).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
});
