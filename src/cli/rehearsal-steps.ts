import { join } from 'node:path';
import { importCheckpoint } from '../package/import-checkpoint.ts';
import { packageBytes } from '../package/manifest.ts';
import { openPackage } from '../package/open-package.ts';
import { AppError } from '../protocol/errors.ts';
import type { GenerationResult } from '../protocol/generation.ts';
import type { Backend } from '../runtime/backend.ts';
import { nodeBackend } from '../runtime/node-backend.ts';
import { openEngine } from '../runtime/open-engine.ts';
import { decodeImageFile } from './decode-image.ts';
import { folderCheckpoint, folderFiles, folderSink } from './folder-files.ts';
import { writeRandomCheckpoint } from './random-checkpoint.ts';

/** The steps of a rehearsal in their order, each with its title. */
export const STEPS = {
  checkpoint: 'Random checkpoint written',
  import: 'Imported as q4',
  int8: 'Opened and asked on WASM, int8 graphs',
  blocks: 'The same with MatMulNBits graphs',
} as const;
export type RehearsalStep = keyof typeof STEPS;

export interface RehearsalSettings {
  readonly dir: string;
  readonly tokenizer: string;
  readonly image: string;
  readonly threads: number;
  readonly tokens: number;
}

/** What each step does; what it has to tell comes back in words. */
export const rehearse: Record<RehearsalStep, (settings: RehearsalSettings) => Promise<string>> = {
  async checkpoint({ dir, tokenizer }) {
    const bytes = await writeRandomCheckpoint(join(dir, 'checkpoint'), tokenizer);
    return `${(bytes / 1e9).toFixed(2)} GB`;
  },
  async import({ dir }) {
    const { manifest } = await importCheckpoint(
      folderCheckpoint(join(dir, 'checkpoint')),
      folderSink(join(dir, 'package')),
      {
        scheme: 'q4',
        name: 'Rehearsal',
        description: 'Random weights of full size',
        licence: 'CC0-1.0',
        source: { repository: 'random', revision: null },
      },
    );
    const files = Object.keys(manifest.files).length;
    return `${files} files, ${(packageBytes(manifest) / 1e9).toFixed(2)} GB`;
  },
  int8: (settings) => ask(settings, () => nodeBackend(settings.threads)),
  // The graphs for WebGPU run on WASM as well, only slower: what the int8 graphs are measured against.
  blocks: (settings) =>
    ask(settings, async () => ({
      ...(await nodeBackend(settings.threads)),
      target: { device: 'webgpu', activation: 'f32' },
    })),
};

async function ask({ dir, image, tokens }: RehearsalSettings, backend: () => Promise<Backend>): Promise<string> {
  const started = performance.now();
  const pkg = await openPackage(folderFiles(join(dir, 'package')));
  const read = performance.now();
  const engine = await openEngine(pkg, [backend]);
  const opened = performance.now();
  engine.setImage('picture', await decodeImageFile(image));
  let result: GenerationResult | null = null;
  for await (const event of engine.generate({
    prompt: [
      { kind: 'image', image: 'picture' },
      { kind: 'raw', text: '<grounding> An image of' },
    ],
    options: { maxNewTokens: tokens },
  })) {
    if (event.type === 'result') result = event.result;
  }
  await engine.dispose();
  if (!result) throw new AppError('INTERNAL', 'The model ended without a result.');
  const { timings } = result;
  return [
    `read and checked ${seconds(read - started)}`,
    `sessions ${seconds(opened - read)}`,
    `image ${seconds(timings.image)}`,
    `prefill of ${timings.promptTokens} ${seconds(timings.prefill)}`,
    `${timings.tokensPerSecond.toFixed(2)} tokens/s`,
  ].join(', ');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
