import { fileURLToPath } from 'node:url';
import { decodeImageFile } from '../../src/cli/decode-image.ts';
import { folderFiles } from '../../src/cli/folder-files.ts';
import type { ModelPackage } from '../../src/package/model-package.ts';
import { openPackage } from '../../src/package/open-package.ts';
import type { Engine } from '../../src/runtime/engine.ts';
import { nodeBackend } from '../../src/runtime/node-backend.ts';
import { openEngine } from '../../src/runtime/open-engine.ts';
import { fixture } from './packages.ts';

/** The demo package as it ships. */
export function openDemoPackage(): Promise<ModelPackage> {
  return openPackage(folderFiles(fileURLToPath(new URL('../../public/models/demo/', import.meta.url))));
}

/** An engine with the demo model and sample scenes, each under its own name, e.g. `scene-06`. */
export async function openDemoEngine(...scenes: readonly string[]): Promise<Engine> {
  const engine = await openEngine(await openDemoPackage(), [() => nodeBackend(1)]);
  for (const scene of scenes) engine.setImage(scene, await decodeImageFile(fixture(`demo-scenes/${scene}.png`)));
  return engine;
}
