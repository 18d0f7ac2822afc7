import { afterEach, describe, expect, it, vi } from 'vitest';
import { withFreeModel, withModelLock } from '../../../src/storage/model-lock.ts';

// By its address: its types are those of a worker, which these tests' do not know.
const room: string = '../../../src/storage/make-room.ts';
const { missingRoom } = (await import(room)) as { missingRoom(wanted: number): Promise<number> };

type Begin = (lock: object | null) => Promise<unknown>;

const locks = (request: (name: string, options: LockOptions, begin: Begin) => Promise<unknown>) =>
  vi.stubGlobal('navigator', { locks: { request } });
const refused = async () => {
  throw new DOMException('request() is not allowed in this context', 'SecurityError');
};
const works: Readonly<Record<string, (work: () => Promise<void>) => Promise<unknown>>> = {
  'a model that is written': (work) => withModelLock('demo', 'exclusive', work),
  'a model that is read': (work) => withModelLock('demo', 'shared', work),
  'a model that is deleted': (work) => withFreeModel('demo', work),
};

afterEach(() => vi.unstubAllGlobals());

describe.each(Object.entries(works))('%s', (_, run) => {
  it('in a window that is refused locks is one that cannot keep models, which can open it without', async () => {
    locks(refused);
    const work = vi.fn();
    await expect(run(work)).rejects.toMatchObject({ code: 'STORAGE_FAILED', details: { what: 'models' } });
    expect(work).not.toHaveBeenCalled();
  });

  it('fails as its work does', async () => {
    locks((_name, _options, begin) => begin({}));
    await expect(run(() => Promise.reject(new RangeError('of the work')))).rejects.toThrow(RangeError);
  });
});

it('a wait for another window that is stopped ends as stopped', async () => {
  const stop = new AbortController();
  locks((_name, { ifAvailable, signal }, begin) => {
    if (ifAvailable) return begin(null);
    stop.abort();
    return Promise.reject(signal?.reason);
  });
  const waiting = withModelLock('demo', 'shared', async () => {}, { signal: stop.signal });
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

it('the room for a model is not asked for in a window that is refused locks', async () => {
  locks(refused);
  await expect(missingRoom(1)).rejects.toMatchObject({ code: 'STORAGE_FAILED', details: { what: 'models' } });
});
