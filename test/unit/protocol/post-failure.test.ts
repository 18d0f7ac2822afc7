import { expect, it, vi } from 'vitest';
import { AppError, type WireError } from '../../../src/protocol/errors.ts';
import { postFailure } from '../../../src/protocol/post-failure.ts';

/** What comes over a wire like a worker's. */
function posted(details: Record<string, unknown>): readonly WireError[] {
  const errors: WireError[] = [];
  postFailure(new AppError('IMAGE_LIMIT', 'The most there can be.', details), (error) => {
    errors.push(structuredClone(error));
  });
  return errors;
}

it('a failure is posted with its values, once', () => {
  expect(posted({ limit: 7 })).toEqual([
    { code: 'IMAGE_LIMIT', message: 'The most there can be.', details: { limit: 7 } },
  ]);
});

it.each([
  ['what is no data', () => 7],
  ['what is nested too deeply', JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))],
])('a failure whose values cannot be cloned, as %s, is posted without them', (_, limit) => {
  expect(posted({ limit })).toEqual([{ code: 'IMAGE_LIMIT', message: 'The most there can be.', details: {} }]);
});

/** Compiled with the library of workers, which is not that of the tests: imported without its types. */
const inWorker = async (path: string) => import(new URL(`../../../src/${path}`, import.meta.url).href);

it.each([
  ['the model', async () => (await inWorker('runtime/serve.ts')).serve, { type: 'measure', id: 7, prompts: [] }],
  ['what is stored', async () => (await inWorker('storage/serve-importer.ts')).serveImporter, { type: 'list', id: 7 }],
])('the worker of %s answers where its reply cannot be cloned', async (_, load, request) => {
  const replies: unknown[] = [];
  const post = vi
    .fn((reply: unknown) => void replies.push(reply))
    .mockImplementationOnce(() => {
      throw new DOMException('It could not be cloned.', 'DataCloneError');
    });
  const serve = await load();
  serve({ post, listen: (hear: (asked: unknown) => void) => hear(request) });
  await expect
    .poll(() => replies)
    .toEqual([{ type: 'failed', id: 7, error: expect.objectContaining({ details: {} }) }]);
});
