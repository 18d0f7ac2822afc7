import { argMax } from '../kosmos2/sampling.ts';
import type { ModelPackage } from '../package/model-package.ts';
import { CachedSequence } from '../runtime/cached-sequence.ts';
import type { Decoder } from '../runtime/decoder.ts';
import { hiddenStatesOf, type PicturedSequence } from '../runtime/hidden-states.ts';

/**
 * Logits for every token of a recorded answer, `[vocabulary]` each, every time after the recorded ones before it: a wrong
 * choice does not lead the rest astray. Runs one token at a time, as an answer does.
 * @param start index of the answer's first token in `sequence.ids`
 */
export async function* forcedLogits(
  sequence: PicturedSequence,
  start: number,
  pkg: ModelPackage,
  decoder: Decoder,
): AsyncGenerator<Float32Array, void, void> {
  const cached = new CachedSequence(decoder, hiddenStatesOf(pkg));
  cached.begin(sequence);
  // Whatever was asked before: the cache holds other words.
  decoder.rewind(0);
  let logits: Float32Array = new Float32Array(0);
  while (cached.length < start) logits = await cached.logitsUpTo(start);
  for (let end = start; end < sequence.ids.length; end++) {
    yield logits;
    if (end + 1 < sequence.ids.length) logits = await cached.logitsUpTo(end + 1);
  }
}

/** The model's first choice for every token of a recorded answer. @returns ids for `sequence.ids.slice(start)` */
export async function firstChoices(
  sequence: PicturedSequence,
  start: number,
  pkg: ModelPackage,
  decoder: Decoder,
): Promise<number[]> {
  const choices: number[] = [];
  for await (const logits of forcedLogits(sequence, start, pkg, decoder)) choices.push(argMax(logits));
  return choices;
}
