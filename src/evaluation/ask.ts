import type { DecodingOptions } from '../kosmos2/decoding-options.ts';
import type { GroundedText } from '../kosmos2/grounded-text.ts';
import { boxToPatchPair } from '../kosmos2/patch-index.ts';
import type { Prompt } from '../kosmos2/prompt.ts';
import { promptEntity } from '../kosmos2/prompt-entity.ts';
import { captionPrompt, describeRegionPrompt, findPrompt, questionPrompt } from '../kosmos2/task-prompts.ts';
import type { Sample } from './sample.ts';

/** What stands behind the picture, how it is decoded, and when enough is written. */
export interface Question {
  readonly prompt: Prompt;
  readonly options: Partial<DecodingOptions>;
  readonly enough: (grounded: GroundedText) => boolean;
}

/** Captions and expressions end long before; a phrase has room for ten boxes. */
const TOKENS: Readonly<Record<Sample['task'], number>> = {
  grounding: 48,
  comprehension: 48,
  naming: 32,
  captioning: 48,
  answering: 16,
};

/**
 * A sample as KOSMOS-2 is asked about it (design of the prompts: kosmos2/task-prompts.ts). Words of a data set are plain text
 * and can never become tags. Decoding is greedy, as for the paper's boxes; its captions came from a beam of 5.
 * @throws Kosmos2Error PROMPT_EMPTY, PROMPT_TOO_LONG, REGION_INVALID
 */
export function questionOf(sample: Sample): Question {
  const options = { temperature: 0, maxNewTokens: TOKENS[sample.task] };
  switch (sample.task) {
    case 'grounding':
    case 'comprehension':
      return { prompt: findPrompt(null, sample.phrase, sample.before), options, enough: isLocated };
    case 'naming':
      return { prompt: describeRegionPrompt(null, [boxToPatchPair(sample.region)]), options, enough: isSentence };
    case 'captioning':
      return { prompt: captionPrompt(null), options, enough: isSentence };
    case 'answering':
      return { prompt: questionPrompt(null, sample.question), options, enough: isSentence };
  }
}

/** The phrase of the prompt has its boxes, or was passed over: what comes behind it is not judged. */
function isLocated(grounded: GroundedText): boolean {
  return promptEntity(grounded)?.complete === true;
}

/** A sentence that is whole ends what was asked for. */
function isSentence({ caption, answerStart }: GroundedText): boolean {
  return sentenceEnd(Array.from(caption).slice(answerStart).join('')) !== -1;
}

/** What of an answer is judged: its first sentence, without the full stop, unless it is that of dotted letters. */
export function judgedWords(answer: string): string {
  const text = answer.trim();
  const end = sentenceEnd(text);
  const sentence = end === -1 ? text : text.slice(0, end + 1);
  return sentence.replace(/(?<=[\p{L}\p{N}])(?<!(?:^|[\s(])(?:\p{L}\.)+\p{L})\.$/u, '');
}

/** Short forms whose full stop ends no sentence, initials among them. */
const SHORT = /(?:^|[\s(])(?:[Dd]r|[Mm]rs?|[Mm]s|[Ss]t|[Mm]t|[JjSs]r|[Vv]s|(?:\p{Lu}\.)*\p{Lu})$/u;
/** "p.m." and units: before a capital theirs ends one too. */
const SHORT_OR_LAST = /(?:(?:^|[\s(])(?:\p{L}\.)+\p{L}|\p{N}\s?(?:[ckm]?m|kg|lbs?|oz|ft|in))$/u;

/** Where the first full stop is that ends a sentence before others, behind a letter or a number; -1 where there is none. */
function sentenceEnd(text: string): number {
  const stops = [...text.matchAll(/(?<=[\p{L}\p{N}])\.(?=\s+(\p{Lu})?)/gu)];
  const ends = stops.find(({ index, 1: capital }) => {
    const before = text.slice(0, index);
    return !SHORT.test(before) && (capital !== undefined || !SHORT_OR_LAST.test(before));
  });
  return ends?.index ?? -1;
}
