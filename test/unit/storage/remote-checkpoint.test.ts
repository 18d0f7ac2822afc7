import { afterEach, describe, expect, test, vi } from 'vitest';
import { findModel } from '../../../src/runtime/find-model.ts';
import { hubCheckpoint, parseHubName } from '../../../src/storage/hub-checkpoint.ts';
import { remoteCheckpoint } from '../../../src/storage/remote-checkpoint.ts';
import { type Fault, type HubServer, type HubServerOptions, isJson, startHubServer } from '../../support/hub-server.ts';

const NAME = { repository: 'test/kosmos-2', revision: 'main' };
const WEIGHTS = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 8)) & 255);
const FILES = new Map([
  ['config.json', new TextEncoder().encode('{"a":1}')],
  ['model.safetensors', WEIGHTS],
  ['empty.json', new Uint8Array(0)],
]);

let server: HubServer;
afterEach(() => server.close());

async function start(options: Partial<HubServerOptions> = {}): Promise<HubServer> {
  server = await startHubServer({ files: FILES, ...options });
  return server;
}

const hub = (options: Parameters<typeof hubCheckpoint>[1] = {}) =>
  hubCheckpoint(NAME, { endpoint: server.endpoint, firstPause: 1, ...options });

/** Whether a range holds the bytes it should; vitest's own comparison takes seconds a megabyte. */
const isRange = (bytes: Uint8Array | undefined, offset: number, length: number) =>
  bytes !== undefined && Buffer.from(WEIGHTS.subarray(offset, offset + length)).equals(bytes);

describe('a checkpoint of the hub', () => {
  test('is pinned to the commit behind its revision and read by ranges through redirects', async () => {
    await start();
    const files = await hub();
    expect(files).toMatchObject({ repository: NAME.repository, commit: server.commit, licence: 'MIT' });
    expect(files.location).toBe(`${server.endpoint}/test/kosmos-2 at ${server.commit}`);
    const file = await files.open('model.safetensors');
    expect(file).toMatchObject({
      name: 'model.safetensors',
      size: 300_000,
      version: expect.stringMatching(/^"\w{64}"$/),
    });
    for (const [offset, length] of [
      [0, 10],
      [65_000, 1000],
      [100_000, 150_000],
      [299_999, 1],
      [300_000, 0],
    ] as const) {
      expect(isRange(await file?.read(offset, length), offset, length)).toBe(true);
    }
    await expect(file?.read(299_999, 2)).rejects.toThrow(RangeError);
  });

  test('sends one plain range and no header that needs a preflight', async () => {
    await start();
    await (await (await hub()).open('model.safetensors'))?.read(100_000, 5);
    expect(server.blobRequests.map(({ headers }) => headers.range)).toEqual(['bytes=0-65535', 'bytes=100000-100004']);
    for (const { headers } of server.blobRequests) {
      expect(Object.keys(headers)).not.toContain('if-range');
      expect(Object.keys(headers)).not.toContain('if-match');
    }
  });

  test('a file that is not there is null, an empty one is empty', async () => {
    await start();
    const files = await hub();
    expect(await files.open('tokenizer.json')).toBeNull();
    expect((await files.open('empty.json'))?.size).toBe(0);
    expect(new TextDecoder().decode(await (await files.open('config.json'))?.read(0, 7))).toBe('{"a":1}');
  });

  test('its token goes to the endpoint and never to where the files lie', async () => {
    await start({ token: 'hf_secret' });
    const file = await (await hub({ token: 'hf_secret' })).open('model.safetensors');
    expect(isRange(await file?.read(100_000, 5), 100_000, 5)).toBe(true);
    expect(server.blobRequests).toHaveLength(2);
    for (const { headers } of server.blobRequests) {
      expect(headers.authorization).toBeUndefined();
      expect(JSON.stringify(headers)).not.toContain('hf_secret');
    }
  });

  test.each([
    ['without a token', undefined, /needs an access token, or does not exist/],
    ['with a wrong token', 'hf_wrong', /refuses the access token/],
  ])('that asks for a token, %s, says so at the first answer', async (_, token, message) => {
    await start({ token: 'hf_secret' });
    const failure = { code: 'CHECKPOINT_DENIED', message: expect.stringMatching(message) };
    await expect(hub({ token })).rejects.toMatchObject(failure);
    await expect(hub({ token })).rejects.not.toMatchObject({ message: expect.stringContaining('hf_') });
  });

  test.each([
    ['a letter of another script', 'hf_s\u0435cret', 5],
    ['a space', 'hf_secret hf_secret', 10],
    ['a sign that cannot be seen', 'hf_secret\u200b', 10],
  ])('a token with %s is refused before anybody is asked, and not told', async (_, token, at) => {
    await start({ token: 'hf_secret' });
    const fetched = vi.spyOn(globalThis, 'fetch');
    const refusal = await hub({ token }).catch((thrown) => thrown);
    expect(fetched).not.toHaveBeenCalled();
    fetched.mockRestore();
    expect(refusal).toMatchObject({ code: 'CHECKPOINT_DENIED', details: { at } });
    expect(refusal.message).toMatch(new RegExp(`^Character ${at} of the access token`));
    expect(JSON.stringify([refusal.message, refusal.details])).not.toContain('hf_');
  });

  test('that is gated, or not there, has its own sentence', async () => {
    await start({ gated: true });
    await expect(hub()).rejects.toMatchObject({ code: 'CHECKPOINT_DENIED', message: expect.stringMatching(/gated/) });
    await server.close();
    await start();
    const other = hubCheckpoint({ ...NAME, revision: 'v9' }, { endpoint: server.endpoint, firstPause: 1 });
    await expect(other).rejects.toMatchObject({
      code: 'PACKAGE_FILE_MISSING',
      message: expect.stringMatching(/kosmos-2 at v9 .*Check/),
    });
  });

  test('may send its JSON files whole whatever range is asked for: they are read once, and from the start where that broke', async () => {
    const files = new Map([...FILES, ['tokenizer.json', WEIGHTS]]);
    await start({ files, comesWhole: isJson, fault: (request) => (request === 0 ? 'cut' : null) });
    const file = await (await hub()).open('tokenizer.json');
    expect(file).toMatchObject({ size: 300_000, version: expect.stringMatching(/^"\w{64}"$/) });
    expect(isRange(await file?.read(0, 300_000), 0, 300_000)).toBe(true);
    expect(isRange(await file?.read(100_000, 1000), 100_000, 1000)).toBe(true);
    expect(server.blobRequests.map(({ headers }) => headers.range)).toEqual(['bytes=0-65535', 'bytes=0-65535']);
  });

  test.each([
    ['headers that tell its length', false],
    ['headers that no page may read', true],
  ])('may send a JSON file whole from the second time on, once a cache has it, with %s', async (_, hidesHeaders) => {
    const files = new Map([...FILES, ['tokenizer.json', WEIGHTS]]);
    await start({ files, hidesHeaders, comesWhole: (file, before) => isJson(file) && before > 0 });
    const file = await (await hub()).open('tokenizer.json');
    expect(file?.size).toBe(300_000);
    expect(isRange(await file?.read(0, 300_000), 0, 300_000)).toBe(true);
    expect(isRange(await file?.read(100_000, 1000), 100_000, 1000)).toBe(true);
  });

  test.each([
    ['weights', 'model.safetensors', WEIGHTS],
    ['a JSON file of more than 64 MB', 'tokenizer.json', new Uint8Array(64_000_001)],
  ])('that sends %s whole is refused at the first try', async (_, name, bytes) => {
    await start({ files: new Map([[name, bytes]]), comesWhole: () => true, hidesHeaders: true });
    await expect((await hub()).open(name)).rejects.toMatchObject({
      code: 'PACKAGE_FETCH_FAILED',
      message: expect.stringContaining('the server sends whole files only, not ranges of them'),
    });
    expect(server.blobRequests).toHaveLength(1);
  });

  test('a token is not sent over plain http to another machine', async () => {
    await start();
    await expect(hubCheckpoint(NAME, { endpoint: 'http://hub.example', token: 'x' })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining('https'),
    });
  });
});

describe('a network that fails', () => {
  test.each(['cut', 'short', 'long', 'slow', 'busy', 'broken'] as Fault[])(
    'now and then by "%s" costs tries, not bytes',
    async (fault) => {
      await start({ fault: (request) => (request % 3 === 1 ? fault : null) });
      const file = await (await hub()).open('model.safetensors');
      for (const offset of [70_000, 120_000, 200_000]) {
        expect(isRange(await file?.read(offset, 90_000), offset, 90_000)).toBe(true);
      }
      if (fault !== 'slow') expect(server.blobRequests.length).toBeGreaterThan(4);
    },
  );

  test('a cut connection is taken up where it broke', async () => {
    await start({ fault: (request) => (request === 1 ? 'cut' : null) });
    const file = await (await hub()).open('model.safetensors');
    expect(isRange(await file?.read(100_000, 100_000), 100_000, 100_000)).toBe(true);
    const [, , again] = server.blobRequests;
    const from = Number(/bytes=(\d+)-199999/.exec(again?.headers.range ?? '')?.[1]);
    expect(from).toBeGreaterThan(100_000);
  });

  test.each(['cut', 'long', 'broken'] as Fault[])(
    'for good by "%s" ends in one sentence after eight tries',
    async (fault) => {
      await start({ fault: (request) => (request > 0 ? fault : null) });
      const file = await (await hub()).open('model.safetensors');
      await expect(file?.read(100_000, 1000)).rejects.toMatchObject({
        code: 'PACKAGE_FETCH_FAILED',
        message: expect.stringMatching(/^model\.safetensors could not be fetched from .*goes on where it stopped\.$/),
      });
      expect(server.blobRequests).toHaveLength(9);
    },
  );

  test('for a file that changes is CHECKPOINT_CHANGED, whether by length or by tag', async () => {
    for (const other of [WEIGHTS.slice(0, 200_000), Uint8Array.from(WEIGHTS, (byte) => byte ^ 1)]) {
      await start();
      const file = await (await hub()).open('model.safetensors');
      server.change('model.safetensors', other);
      await expect(file?.read(100_000, 1000)).rejects.toMatchObject({
        code: 'CHECKPOINT_CHANGED',
        message: expect.stringContaining('model.safetensors'),
      });
      await server.close();
    }
    await start();
  });

  test('a stop ends a read at once, also in the pause before the next try', async () => {
    await start({ fault: (request) => (request > 0 ? 'broken' : null) });
    const file = await (await hub({ firstPause: 60_000 })).open('model.safetensors');
    const stop = new AbortController();
    const reading = file?.read(100_000, 1000, stop.signal);
    setTimeout(() => stop.abort(), 50);
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a checkpoint on any site', () => {
  test('is read like one of the hub', async () => {
    await start();
    const files = remoteCheckpoint(server.site, 1);
    const file = await files.open('model.safetensors');
    expect(isRange(await file?.read(150_000, 1000), 150_000, 1000)).toBe(true);
    expect(await files.open('nothing.json')).toBeNull();
  });

  test('is read where the headers are hidden from other origins, and still never cut short', async () => {
    await start({ hidesHeaders: true, fault: (request) => (request % 2 === 1 ? 'cut' : null) });
    const file = await remoteCheckpoint(server.site, 1).open('model.safetensors');
    expect(file?.size).toBe(300_000);
    expect(isRange(await file?.read(100_000, 150_000), 100_000, 150_000)).toBe(true);
  });

  test('has its own length where the site keeps a shorter, compressed form as well', async () => {
    const text = new TextEncoder().encode(JSON.stringify(Array.from({ length: 20_000 }, (_, word) => `token ${word}`)));
    await start({ hidesHeaders: true, compresses: true, files: new Map([['tokenizer.json', text]]) });
    const file = await remoteCheckpoint(server.site, 1).open('tokenizer.json');
    expect(file?.size).toBe(text.length);
    expect(Buffer.from(text).equals((await file?.read(0, text.length)) as Uint8Array)).toBe(true);
  });

  test('may refuse what is not there, where it hands out what is', async () => {
    await start({ hidesAbsent: true });
    const files = remoteCheckpoint(server.site, 1);
    await expect(files.open('manifest.json')).rejects.toMatchObject({ code: 'CHECKPOINT_DENIED' });
    expect(await files.open('config.json')).not.toBeNull();
    expect(await files.open('generation_config.json')).toBeNull();
    const looked = findModel({ kind: 'site', url: server.site });
    // A ready package was looked for first, and its refusal taken for what it is.
    await expect(looked).rejects.not.toMatchObject({ code: 'CHECKPOINT_DENIED' });
    await expect(findModel({ kind: 'site', url: `${server.site}/nowhere/` })).rejects.toMatchObject({
      code: 'CHECKPOINT_DENIED',
    });
  });

  test('is looked at with the token where the hub asks for one', async () => {
    await start({ token: 'secret' });
    const place = { kind: 'hub', name: 'hf:test/kosmos-2', endpoint: server.endpoint } as const;
    await expect(findModel(place)).rejects.toMatchObject({ code: 'CHECKPOINT_DENIED', details: { status: 401 } });
    // It is read, though no checkpoint.
    await expect(findModel({ ...place, token: 'secret' })).rejects.toMatchObject({ code: 'TENSOR_FILE_INVALID' });
  });

  test('needs the address of a folder on the web', async () => {
    await start();
    for (const address of ['ftp://x/y', 'no address', 'https://user:pass@x/']) {
      expect(() => remoteCheckpoint(address)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    }
    expect(remoteCheckpoint('https://x.example/a?b#c').location).toBe('https://x.example/a/');
  });
});

test('names of the hub are read as people write them', async () => {
  await start();
  expect(parseHubName('hf:microsoft/kosmos-2-patch14-224')).toEqual({
    repository: 'microsoft/kosmos-2-patch14-224',
    revision: 'main',
  });
  expect(parseHubName('hf:a/b@refs/pr/8')).toEqual({ repository: 'a/b', revision: 'refs/pr/8' });
  expect(parseHubName('models/kosmos')).toBeNull();
  for (const wrong of ['hf:', 'hf:a', 'hf:a/b/c', 'hf:../b', 'hf:a/b@', 'hf:a/b@../../c', 'hf:a b/c']) {
    expect(() => parseHubName(wrong)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  }
});
