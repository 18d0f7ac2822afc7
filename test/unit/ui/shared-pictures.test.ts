import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AppError } from '../../../src/protocol/errors.ts';
import { receivePictures } from '../../../src/service/shared-pictures.ts';
import { takeFiles, takeShared } from '../../../src/ui/offline/take-pictures.ts';

const PAGE = 'https://host.test/kosmos/';

afterEach(() => vi.unstubAllGlobals());

/** What is opened and told of what the system hands over. */
function page() {
  const opened: string[] = [];
  const told: AppError[] = [];
  const actions = {
    addImages: async (files: Iterable<Blob>) => void opened.push(...[...files].map((file) => (file as File).name)),
    tell: (error: AppError) => void told.push(error),
  };
  return { actions, opened, told };
}

/** A service worker that answers every request with this. */
function answering(reply: unknown): void {
  const active = { postMessage: (_: unknown, [port]: [MessagePort]) => port.postMessage(reply) };
  vi.stubGlobal('navigator', { serviceWorker: { ready: Promise.resolve({ active }) } });
}

describe('what another app shares', () => {
  const share = (pictures: number) => {
    const body = new FormData();
    for (let index = 0; index < pictures; index += 1) body.append('picture', new File(['a'], `${index}.png`));
    return receivePictures(new Request(`${PAGE}share`, { method: 'POST', body }), PAGE);
  };
  const keeping = (room: number) => {
    const kept: string[] = [];
    const put = async (url: string) => {
      if (kept.length === room) throw new DOMException('No room.', 'QuotaExceededError');
      kept.push(url);
    };
    vi.stubGlobal('caches', { open: async () => ({ put }) });
    return kept;
  };

  it.each([
    [3, 9, 3, 'all'],
    [3, 2, 2, 'some'],
    [40, 99, 32, 'some'],
  ])(
    '%d pictures where there is room for %d: %d are kept, and the page opens and knows of it',
    async (all, room, ...to) => {
      const kept = keeping(room);
      const { status, headers } = await share(all);
      expect([kept.length, status, headers.get('location')]).toEqual([to[0], 303, `${PAGE}?shared=${to[1]}`]);
    },
  );

  it('is told where the service worker has not all of it, and where it cannot answer', async () => {
    // Node sends no files from port to port.
    answering({ pictures: [{ name: 'a.png' }] });
    const { actions, opened, told } = page();
    await takeShared(actions, false);
    expect([opened, told]).toEqual([['a.png'], []]);
    await takeShared(actions, true);
    answering({ failed: 'InvalidStateError' });
    await takeShared(actions, false);
    expect(opened).toEqual(['a.png', 'a.png']);
    expect(told.map(({ code }) => code)).toEqual(['STORAGE_FAILED', 'STORAGE_FAILED']);
    expect(told[0]?.message).toMatch(/^Not every picture that was shared is here/);
  });
});

it('of files opened with the app those that cannot be read are told, and the others opened', async () => {
  const handle = (name: string, readable: boolean) => ({
    name,
    getFile: async () => {
      if (!readable) throw new DOMException('Gone.', 'NotFoundError');
      return new File([], name);
    },
  });
  const { actions, opened, told } = page();
  const handles = [handle('a.png', false), handle('b.png', true), handle('c.png', false)];
  await takeFiles(actions, handles as unknown as FileSystemFileHandle[]);
  expect(opened).toEqual(['b.png']);
  expect(told.map(({ message }) => message)).toEqual([expect.stringMatching(/^a\.png and 1 more could not be read/)]);
});
