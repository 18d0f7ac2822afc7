import { afterEach, describe, expect, test } from 'vitest';
import { copyPackage } from '../../../src/storage/copy-package.ts';
import { remotePackage } from '../../../src/storage/remote-package.ts';
import { type Fault, type HubServer, startHubServer } from '../../support/hub-server.ts';
import { smallPackage } from '../../support/small-package.ts';
import { differences, type Files, memorySink } from '../package/memory-files.ts';

/** `npm run test:soak` multiplies the counts. */
const TIMES = Number(process.env.SOAK_TIMES ?? 1);

const files = smallPackage([300_000, 400_000, 70_000, 200_000]);
let server: HubServer | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

type FaultAt = (request: number, file: string) => Fault | null;

async function serve(fault?: FaultAt): Promise<HubServer> {
  server = await startHubServer({ files, ...(fault && { fault }) });
  return server;
}

/** Milliseconds after which a connection counts as stalled; long enough for a machine that is busy. */
const STALL = 300;

const copyFrom = (host: HubServer, to: Files, signal?: AbortSignal) =>
  copyPackage(remotePackage(host.site, 1, STALL), memorySink(to), { signal });

describe('getting a package over a bad network', () => {
  test('completes over every kind of fault, all bytes right', async () => {
    const others: readonly Fault[] = ['short', 'long', 'slow', 'stalled', 'late', 'wrong', 'busy', 'broken'];
    const met = new Map<Fault, number>();
    const host = await serve((request) => {
      if (request % 3 !== 1) return null;
      const turn = Math.floor(request / 3);
      const kind = (turn % 2 === 0 ? 'cut' : others[((turn - 1) / 2) % others.length]) as Fault;
      met.set(kind, (met.get(kind) ?? 0) + 1);
      return kind;
    });
    let copies = 0;
    while ((met.get('cut') ?? 0) < 100 * TIMES) {
      const to: Files = new Map();
      await copyFrom(host, to);
      expect(differences(to, files)).toEqual([]);
      copies += 1;
    }
    console.log(`${copies} downloads complete over ${[...met].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
  });

  test('killed at any point it goes on, and fetches nothing twice that was whole', async () => {
    let kills = 0;
    let requestsLeft = 0;
    let kill = new AbortController();
    const host = await serve(() => {
      requestsLeft -= 1;
      if (requestsLeft === 0) setTimeout(() => kill.abort(), 5);
      return 'slow';
    });
    for (let round = 0; round < 5 * TIMES; round++) {
      const to: Files = new Map();
      const whole = new Set<string>();
      let done = false;
      for (let life = 1; !done; life++) {
        const asked = host.blobRequests.length;
        kill = new AbortController();
        requestsLeft = 1 + life + (round % 3);
        const copying = copyFrom(host, to, kill.signal);
        done = await copying.then(
          () => true,
          (error) => {
            expect(error.code).toBe('CANCELLED');
            kills += 1;
            return false;
          },
        );
        for (const { file } of host.blobRequests.slice(asked)) expect(whole).not.toContain(file);
        for (const name of to.keys()) if (name.startsWith('model-') && !done) whole.add(name);
        expect(to.has('manifest.json'), 'a manifest is there only once the package is whole').toBe(done);
      }
      expect(differences(to, files)).toEqual([]);
    }
    expect(kills).toBeGreaterThan(10 * TIMES);
    console.log(`${kills} kills, every download completed`);
  });

  test('a file that is wrong every time ends with its name, and leaves no manifest', async () => {
    const host = await serve();
    const name = 'model-00002-of-00004.safetensors';
    host.change(
      name,
      (files.get(name) as Uint8Array).map((byte) => byte ^ 1),
    );
    const to: Files = new Map();
    await expect(copyFrom(host, to)).rejects.toMatchObject({ code: 'PACKAGE_FILE_INVALID', details: { file: name } });
    expect(to.has('manifest.json')).toBe(false);
    host.change(name, files.get(name) as Uint8Array);
    await copyFrom(host, to);
    expect(differences(to, files)).toEqual([]);
  });

  test('a file of the wrong length, a file that is gone and a server that is gone end in their own codes', async () => {
    const host = await serve();
    const name = 'model-00001-of-00004.safetensors';
    host.change(name, new Uint8Array(300_001));
    await expect(copyFrom(host, new Map())).rejects.toMatchObject({ code: 'PACKAGE_FILE_INVALID' });
    await expect(copyPackage(remotePackage(`${host.site}/elsewhere`, 1), memorySink(new Map()))).rejects.toMatchObject({
      code: 'PACKAGE_FILE_MISSING',
    });
    await host.close();
    server = null;
    await expect(copyFrom(host, new Map())).rejects.toMatchObject({ code: 'PACKAGE_FETCH_FAILED' });
  });

  test('a file that changes while it is read ends with CHECKPOINT_CHANGED and completes at the next try', async () => {
    const name = 'model-00002-of-00004.safetensors';
    const right = files.get(name) as Uint8Array;
    let asked = 0;
    const host: HubServer = await serve((_, file) => {
      if (file === name && ++asked === 1) queueMicrotask(() => host.change(name, right.slice().fill(7)));
      return null;
    });
    const to: Files = new Map();
    await expect(copyFrom(host, to)).rejects.toMatchObject({ code: 'CHECKPOINT_CHANGED' });
    host.change(name, right);
    await copyFrom(host, to);
    expect(differences(to, files)).toEqual([]);
  });

  test('asks for room for the whole before anything of an older model is touched', async () => {
    const host = await serve();
    const older = smallPackage([100_000, 90_000], 2);
    const to: Files = new Map(older);
    const asked: number[] = [];
    const refuse = () => Promise.reject(new Error('no room'));
    const from = remotePackage(host.site, 1);
    await expect(copyPackage(from, memorySink(to), { makeRoom: refuse })).rejects.toThrow('no room');
    expect(to).toEqual(older);
    await copyPackage(from, memorySink(to), { makeRoom: async (bytes) => void asked.push(bytes) });
    const total = [...files].reduce((sum, [name, { length }]) => sum + (name === 'manifest.json' ? 0 : length), 0);
    expect(asked).toEqual([total]);
  });
});
