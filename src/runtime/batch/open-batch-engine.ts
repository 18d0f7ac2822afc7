import type { ModelPackage } from '../../package/model-package.ts';
import { AppError } from '../../protocol/errors.ts';
import { type BackendMaker, onFirstBackend, openParts } from '../open-engine.ts';
import { createCodec } from '../tokenizer.ts';
import { BatchDecoder } from './batch-decoder.ts';
import { BatchEngine } from './batch-engine.ts';

/**
 * Opens a package for writing several answers at once, on the first backend that works. Only CPUs can: on a GPU the
 * attention is not known to tell sequences of different lengths apart.
 * @param most answers written at once
 * @throws AppError of the last backend tried
 */
export function openBatchEngine(
  pkg: ModelPackage,
  backends: readonly BackendMaker[],
  most: number,
): Promise<BatchEngine> {
  return onFirstBackend(backends, {}, async (single) => {
    const backend = { ...single, target: { ...single.target, batched: true } };
    if (backend.target.device === 'webgpu') throw onlyOnCpu(backend.info.adapter);
    const { vision, decoder, decoderSession } = await openParts(backend, pkg);
    const batch = new BatchDecoder(backend, decoderSession, pkg.config.text, decoder.queue);
    const codec = createCodec(pkg.tokenizer, pkg.tokenizerConfig);
    return new BatchEngine(backend, pkg, { vision, decoder, batch, codec }, most);
  });
}

function onlyOnCpu(adapter: string): AppError {
  return new AppError(
    'OPTION_INVALID',
    `Several answers at once are written on the CPU only, not on ${adapter}. Choose the device cpu or wasm, or a batch size of 1.`,
  );
}
