import type { CaptureReport, CaptureWish } from '../../protocol/capture.ts';
import type { ModelInfo } from '../../protocol/messages.ts';
import type { WeightIndex } from '../../tensors/weight-index.ts';

/**
 * Most bytes of the decoder's weights, for the captured session holds them once more. The full model's 0.8 GB would be
 * half of what it takes in all.
 */
const MOST_BYTES = 64e6;

/** Why capture is not even tried, or null where it is; whoever asks for it with `on` has memory for it. */
export function captureRefusal(
  { backend, choosing }: Pick<ModelInfo, 'backend' | 'choosing'>,
  weights: WeightIndex,
  wish: CaptureWish,
): CaptureReport | null {
  if (wish === 'off') return notUsed('not wanted');
  if (backend.kind !== 'webgpu') return notUsed('there is nothing to record without a GPU');
  if (choosing !== 'GPU') return notUsed('tokens are not chosen on the GPU');
  const bytes = decoderBytes(weights);
  if (wish === 'on' || bytes <= MOST_BYTES) return null;
  const megabytes = (count: number) => `${Math.round(count / 1e6)} MB`;
  return notUsed(
    `the decoder's ${megabytes(bytes)} would be held a second time, for which ${megabytes(MOST_BYTES)} are the most`,
  );
}

export function notUsed(why: string): CaptureReport {
  return { used: false, message: `off: ${why}`, milliseconds: null };
}

/** What the decoder's weights take in the package, and on a GPU. */
function decoderBytes(weights: WeightIndex): number {
  return [...weights.values()]
    .filter(({ name }) => name.startsWith('text_model.'))
    .flatMap(({ blocks }) => blocks)
    .reduce((sum, { data, scales }) => sum + data.byteLength + (scales?.byteLength ?? 0), 0);
}
