import { createHash } from 'node:crypto';
import { JSON_FILES, MANIFEST_FILE, shardName } from '../../src/package/manifest.ts';

/** The files of a package whose contents mean nothing: for whatever moves packages without opening them. */
export function smallPackage(shardBytes: readonly number[], seed = 1): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const name of Object.keys(JSON_FILES)) files.set(name, new TextEncoder().encode(`{"seed":${seed}}`));
  let state = seed;
  for (const [index, length] of shardBytes.entries()) {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      bytes[at] = state >>> 24;
    }
    files.set(shardName(index + 1, shardBytes.length), bytes);
  }
  const manifest = {
    format: 1,
    name: 'small',
    description: 'A package that moves and does nothing else.',
    licence: 'MIT',
    source: { repository: 'test/small', revision: null },
    scheme: 'q8',
    encodings: { decoder: 'q8', embedding: 'q8', vision: 'q8', projection: 'q8', float: 'f16' },
    files: Object.fromEntries(
      [...files].map(([name, bytes]) => {
        return [name, { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }];
      }),
    ),
  };
  files.set(MANIFEST_FILE, new TextEncoder().encode(JSON.stringify(manifest)));
  return files;
}
