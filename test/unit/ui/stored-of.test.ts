import { expect, it } from 'vitest';
import type { StoredPackage } from '../../../src/protocol/importer-messages.ts';
import { storedOf } from '../../../src/ui/models/stored-of.ts';

const COMMIT = 'e91cfbcb4ce051b6a55bfb5f96165a3bbf5eb82c';

function stored(from: string | null, repository: string, revision: string | null): StoredPackage {
  const manifest = { name: 'a', description: '', licence: 'MIT', scheme: 'q4', repository, revision };
  return { name: 'a', bytes: 1, date: 0, from, identities: [], manifest };
}

const packed = stored(null, 'Owner/Name', COMMIT);
const copied = stored(`https://huggingface.co/Owner/Name/resolve/${COMMIT}/`, 'another/checkpoint', null);

it.each([
  ['its name', 'hf:Owner/Name'],
  ['its name in another case', 'hf:owner/name'],
  ['its newest state', 'hf:Owner/Name@main'],
  ['its commit', `hf:Owner/Name@${COMMIT}`],
])('what was got from the hub is found again by %s, packed here or copied', (_, address) => {
  expect(storedOf(address, [packed])).toBe(packed);
  expect(storedOf(address, [copied])).toBe(copied);
});

it.each([
  ['another repository', 'hf:Owner/Name2'],
  ['another owner', 'hf:r/Name'],
  ['another commit', `hf:Owner/Name@${COMMIT.replace('e', 'f')}`],
  ['a branch or tag whose commit nobody was asked for', 'hf:Owner/Name@v2'],
])('%s is not taken for what is stored', (_, address) => {
  expect(storedOf(address, [packed, copied])).toBeUndefined();
});

it('what is not whole is not found', () => {
  expect(storedOf('hf:Owner/Name', [{ ...packed, manifest: null }])).toBeUndefined();
});
