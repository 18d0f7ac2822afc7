import type { GenerationRequest, GenerationResult } from '../../src/protocol/generation.ts';
import type { Engine } from '../../src/runtime/engine.ts';

/** Runs a request to its end. */
export async function answer(
  engine: Engine,
  request: GenerationRequest,
  signal?: AbortSignal,
): Promise<GenerationResult> {
  for await (const event of engine.generate(request, signal)) if (event.type === 'result') return event.result;
  throw new Error('the model ended without a result');
}
