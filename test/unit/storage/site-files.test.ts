import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { siteFiles } from '../../../src/storage/site-files.ts';

let server: Server | null = null;

/** A site on this machine; the address of its folder `/model/`. */
async function serve(answer: (path: string, response: ServerResponse) => void): Promise<string> {
  const started = createServer((request, response) => answer(request.url ?? '', response));
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/model/`;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

const read = (url: string, maxBytes = 1000) => siteFiles(url).read('config.json', { maxBytes });

describe('site files', () => {
  test('a file comes whole, with its progress, from the folder of the address', async () => {
    const url = await serve((path, response) => {
      response.write(path.slice(0, 10));
      setTimeout(() => response.end(path.slice(10)), 20);
    });
    const seen: number[] = [];
    const bytes = await siteFiles(url).read('config.json', { maxBytes: 18, onProgress: (n) => seen.push(n) });
    expect(new TextDecoder().decode(bytes)).toBe('/model/config.json');
    expect(seen.at(-1)).toBe(18);
    expect(seen.length).toBeGreaterThan(1);
  });

  test.each([404, 410])('status %i is PACKAGE_FILE_MISSING', async (status) => {
    const url = await serve((_, response) => response.writeHead(status).end('no'));
    await expect(read(url)).rejects.toMatchObject({
      code: 'PACKAGE_FILE_MISSING',
      message: expect.stringMatching(/config\.json.*Check the address/),
    });
  });

  test('a web page in place of the file is PACKAGE_FILE_MISSING', async () => {
    const url = await serve((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8').end('<!doctype html>');
    });
    await expect(read(url)).rejects.toMatchObject({ code: 'PACKAGE_FILE_MISSING' });
  });

  test.each([403, 500, 503])('status %i is PACKAGE_FETCH_FAILED with the status', async (status) => {
    const url = await serve((_, response) => response.writeHead(status).end());
    await expect(read(url)).rejects.toMatchObject({
      code: 'PACKAGE_FETCH_FAILED',
      message: expect.stringContaining(String(status)),
    });
  });

  test('no connection is PACKAGE_FETCH_FAILED with what to do', async () => {
    const url = await serve(() => {});
    await new Promise((resolve) => server?.close(resolve));
    await expect(read(url)).rejects.toMatchObject({
      code: 'PACKAGE_FETCH_FAILED',
      message: expect.stringContaining('Check the connection'),
    });
  });

  test('a connection that breaks in the middle is PACKAGE_FETCH_FAILED', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(read(url)).rejects.toMatchObject({ code: 'PACKAGE_FETCH_FAILED' });
  });

  test('a connection on which nothing comes any more is PACKAGE_FETCH_FAILED', async () => {
    const url = await serve((_, response) => {
      response.write('half');
    });
    await expect(siteFiles(url, 50).read('config.json', { maxBytes: 1000 })).rejects.toMatchObject({
      code: 'PACKAGE_FETCH_FAILED',
      message: expect.stringContaining('nothing came'),
    });
  });

  test('a file that no memory holds is OUT_OF_MEMORY', async () => {
    const url = await serve((_, response) => response.end('something'));
    await expect(read(url, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' });
  });

  test('an endless file is cut off at its bound as PACKAGE_FILE_INVALID', async () => {
    let open = true;
    const url = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(400)), 5);
      response.on('close', () => {
        clearInterval(timer);
        open = false;
      });
    });
    await expect(read(url)).rejects.toMatchObject({
      code: 'PACKAGE_FILE_INVALID',
      message: expect.stringContaining('1000'),
    });
    await expect.poll(() => open).toBe(false);
  });

  test('an abort in the middle is CANCELLED', async () => {
    const url = await serve((_, response) => {
      response.write('something');
    });
    const stop = new AbortController();
    const reading = siteFiles(url).read('config.json', {
      maxBytes: 1000,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
