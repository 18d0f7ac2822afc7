import type { CheckpointFiles } from '../../src/package/checkpoint-files.ts';
import { importCheckpoint } from '../../src/package/import-checkpoint.ts';
import type { ModelPackage } from '../../src/package/model-package.ts';
import { openPackage } from '../../src/package/open-package.ts';
import type { SchemeName } from '../../src/package/schemes.ts';
import { decodeImage } from '../../src/runtime/image/decode-browser.ts';
import type { RgbImage } from '../../src/runtime/image/pixels.ts';
import { bytesSource } from '../support/bytes-source.ts';
import { memoryPackage } from '../support/memory-package.ts';

async function fetchFixture(path: string): Promise<Response | null> {
  const response = await fetch(`/test/fixtures/${path}`);
  // The test server answers an unknown path with its start page.
  const missing = !response.ok || response.headers.get('content-type')?.startsWith('text/html');
  return missing ? null : response;
}

export async function fixtureJson<T>(path: string): Promise<T> {
  return (await (await fetchFixture(path))?.json()) as T;
}

export async function fixturePicture(path: string): Promise<RgbImage> {
  const blob = await (await fetchFixture(path))?.blob();
  if (!blob) throw new Error(`no fixture ${path}`);
  return decodeImage(blob, {});
}

/** A fixture's checkpoint, imported in memory in this browser and opened. */
export async function openFixture(path: string, scheme: SchemeName): Promise<ModelPackage> {
  const checkpoint: CheckpointFiles = {
    location: path,
    async open(name) {
      const response = await fetchFixture(`${path}/${name}`);
      return response && bytesSource(name, new Uint8Array(await response.arrayBuffer()));
    },
  };
  const files = memoryPackage();
  await importCheckpoint(checkpoint, files, {
    scheme,
    name: path,
    description: '',
    licence: 'MIT',
    source: { repository: path, revision: null },
  });
  return openPackage(files);
}
