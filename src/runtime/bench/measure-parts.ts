import type { ModelPackage } from '../../package/model-package.ts';
import type { BenchCeiling, BenchReport, BenchRow, BenchStage } from '../../protocol/bench.ts';
import type { Backend } from '../backend.ts';
import type { Decoder } from '../decoder.ts';
import { openParts } from '../open-engine.ts';
import { byProduct, decodeBytes, encodeOperations, prefillOperations } from './costs.ts';
import { measure, type Spread } from './measure.ts';

const PREFILL_TOKENS = 64;
/** Positions in the KV cache at which a token is decoded. */
const KV_LENGTHS = [64, 256, 500] as const;

/** Takes what one stage was measured to need, and the least it could have needed by which ceiling. */
export type AddRow = (
  stage: BenchStage,
  time: Spread,
  runs: number,
  work: readonly [number, BenchRow['unit']],
  least?: { readonly of: BenchCeiling; readonly milliseconds: number } | null,
) => void;

interface Report {
  readonly runs: number;
  readonly begin: (stage: BenchStage) => void;
  readonly add: AddRow;
  readonly skip: (stage: BenchStage, why: string) => void;
}

/** The two halves of the model alone: encoding, prefill into an empty cache, and a token at growing lengths of the cache. */
export async function measureParts(
  backend: Backend,
  pkg: ModelPackage,
  { copyBytesPerSecond, operationsPerSecond }: BenchReport['device'],
  { runs, begin, add, skip }: Report,
): Promise<void> {
  const { config } = pkg;
  const { vision, decoder } = await openParts(backend, pkg);
  try {
    begin('encode');
    const pixels = new Float32Array(config.vision.channels * config.vision.imageSize ** 2);
    const encoding = await measure(runs, () => vision.encode(pixels));
    add('encode', encoding, runs, [1, 'image'], byProduct(encodeOperations(config), operationsPerSecond));

    begin('prefill');
    const hidden = (count: number) => new Float32Array(count * config.text.embedDim).map((_, i) => Math.sin(i));
    const prefill = await measure(runs, async () => {
      decoder.rewind(0);
      await fill(decoder, PREFILL_TOKENS, hidden);
    });
    const work = [PREFILL_TOKENS, 'tokens'] as const;
    add('prefill', prefill, runs, work, byProduct(prefillOperations(config, PREFILL_TOKENS), operationsPerSecond));

    for (const length of KV_LENGTHS) {
      const stage = `decode-${length}` as const;
      begin(stage);
      if (length + runs + 1 > decoder.capacity) {
        skip(stage, `The model's memory holds ${decoder.capacity} positions.`);
        continue;
      }
      decoder.rewind(0);
      await fill(decoder, length, hidden);
      const time = await measure(runs, async () => (await decoder.next(hidden(1))).computed());
      const bytes = decodeBytes(pkg, backend.target, length);
      // A copy writes every byte that it reads; a token only reads.
      add(stage, time, runs, [1, 'token'], { of: 'copy', milliseconds: (bytes * 1000) / copyBytesPerSecond });
    }
  } finally {
    await Promise.all([vision.dispose(), decoder.dispose()]);
  }
}

async function fill(decoder: Decoder, length: number, hidden: (count: number) => Float32Array): Promise<void> {
  while (decoder.length < length) await decoder.run(hidden(Math.min(decoder.longestRun, length - decoder.length)));
}
