import { afterEach, expect, it, vi } from 'vitest';
import { fileMissing } from '../../../src/runtime/file-missing.ts';

afterEach(() => vi.unstubAllGlobals());

const html = { 'content-type': 'text/html; charset=utf-8' };

it.each<[string, () => Promise<Response>, RegExp | null]>([
  ['no such file', async () => new Response(null, { status: 404, headers: html }), /HTTP 404 text\/html/],
  ['a bucket that nobody may list', async () => new Response(null, { status: 403 }), /\(HTTP 403\)/],
  ['a page in its place', async () => new Response(null, { headers: html }), /HTTP 200 text\/html/],
  ['the file', async () => new Response(null, { headers: { 'content-type': 'application/wasm' } }), null],
  ['a host that is busy', async () => new Response(null, { status: 503, headers: html }), null],
  ['a host that answers no such question', async () => new Response(null, { status: 405 }), null],
  ['no connection', () => Promise.reject(new TypeError('Failed to fetch')), null],
])('%s: a file is called missing only where its host says so', async (_, answer, told) => {
  vi.stubGlobal('fetch', answer);
  const missing = await fileMissing('onnxruntime-web', 'https://page.example/assets/ort.wasm');
  if (told === null) expect(missing).toBeNull();
  else expect(missing).toMatchObject({ code: 'WORKER_LOST', message: expect.stringMatching(told) });
});
