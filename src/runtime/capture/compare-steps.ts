import { mulberry32 } from '../../kosmos2/random.ts';
import { floatToHalf } from '../../tensors/float16.ts';
import { sizeOf } from '../../tensors/shape.ts';
import type { Decoder, SingleStep } from '../decoder.ts';
import { nextTask } from '../next-task.ts';
import type { OrtTensor } from '../ort.ts';

/** Positions in the cache before the tokens compared, besides all that leave room for them. */
const LENGTHS = [1, 40, 300] as const;
const TOKENS = 3;
const SEED = 5;

/** What running the same tokens both ways showed. */
export interface Comparison {
  /** Logits compared, and how many of them had other bits. */
  readonly logits: number;
  readonly different: number;
  readonly plain: StepTime;
  readonly captured: StepTime;
}

/** Milliseconds of a token: the shortest at each length, and the mean of these. */
export interface StepTime {
  /** Until it was handed to the GPU, and until its logits were there. */
  readonly submitted: number;
  readonly computed: number;
}

/**
 * Runs the same tokens by `step` and plainly behind the same noise in its cache. Noise is as good as words, for only
 * likeness is asked for; and where a step does not write its keys and values, the next token meets noise in their place.
 * @returns null when `stopped` aborts, which is noticed between tokens
 */
export async function compareSteps(
  decoder: Decoder,
  step: SingleStep,
  width: number,
  stopped: AbortSignal,
): Promise<Comparison | null> {
  const random = mulberry32(SEED);
  const noise = () => 2 * random() - 1;
  const tokens = Array.from({ length: TOKENS }, () => Float32Array.from({ length: width }, noise));
  // The first run is recorded; it takes longer than any other.
  await (await decoder.over(step, 0, true).next(tokens[0] as Float32Array)).computed();
  const lengths = [...LENGTHS, decoder.capacity - TOKENS].filter((length) => length + TOKENS <= decoder.capacity);
  const times = { plain: [] as StepTime[], captured: [] as StepTime[] };
  let all = 0;
  let different = 0;
  for (const length of lengths) {
    for (const tensor of Object.values(step.cache.outputs)) {
      await nextTask();
      if (stopped.aborted) return null;
      fill(decoder.backend.device as GPUDevice, tensor, noise);
    }
    // Plainly last: keys and values of the plain run would stand where the step has failed to write its own.
    const captured = await runTokens(decoder.over(step, length, true), tokens, stopped);
    const plain = captured && (await runTokens(decoder.over(step, length, false), tokens, stopped));
    if (!captured || !plain) return null;
    times.captured.push(captured.shortest);
    times.plain.push(plain.shortest);
    for (const [token, logits] of plain.logits.entries()) {
      all += logits.length;
      different += countDifferent(logits, captured.logits[token] as Float32Array);
    }
    if (different > 0) break;
  }
  return { logits: all, different, plain: meanOf(times.plain), captured: meanOf(times.captured) };
}

interface Run {
  readonly logits: readonly Float32Array[];
  readonly shortest: StepTime;
}

async function runTokens(decoder: Decoder, tokens: readonly Float32Array[], stopped: AbortSignal): Promise<Run | null> {
  const logits: Float32Array[] = [];
  let shortest = { submitted: Number.POSITIVE_INFINITY, computed: Number.POSITIVE_INFINITY };
  for (const token of tokens) {
    await nextTask();
    if (stopped.aborted) return null;
    const started = performance.now();
    const next = await decoder.next(token);
    const submitted = Math.min(shortest.submitted, performance.now() - started);
    await next.computed();
    shortest = { submitted, computed: Math.min(shortest.computed, performance.now() - started) };
    logits.push(await next.all());
  }
  return { logits, shortest };
}

function meanOf(times: readonly StepTime[]): StepTime {
  const mean = (part: keyof StepTime) => times.reduce((sum, time) => sum + time[part], 0) / times.length;
  return { submitted: mean('submitted'), computed: mean('computed') };
}

function fill({ queue }: GPUDevice, { type, dims, gpuBuffer }: OrtTensor, noise: () => number): void {
  const length = sizeOf(dims);
  const numbers =
    type === 'float16'
      ? Uint16Array.from({ length }, () => floatToHalf(noise()))
      : Float32Array.from({ length }, noise);
  queue.writeBuffer(gpuBuffer as GPUBuffer, 0, numbers);
}

/** How many numbers differ in a bit; what is not finite is different from everything. */
function countDifferent(one: Float32Array, other: Float32Array): number {
  const [ones, others] = [one, other].map(
    ({ buffer, byteOffset, length }) => new Uint32Array(buffer, byteOffset, length),
  );
  return one.reduce((count, value, at) => count + (Number.isFinite(value) && ones?.[at] === others?.[at] ? 0 : 1), 0);
}
