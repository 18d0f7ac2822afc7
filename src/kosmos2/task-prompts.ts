import { Kosmos2Error } from './errors.ts';
import { checkPatchPair, type PatchPair } from './patch-index.ts';
import type { Prompt, PromptSegment } from './prompt.ts';
import { checkLength } from './sequence.ts';

/** A piece of a question: words, or a region and what the question calls it. */
export type QuestionPart = string | { readonly phrase: string; readonly regions: readonly PatchPair[] };

/** A question and the answers to choose from, as the engine's `score` takes it. */
export interface ChoiceQuestion {
  /** What all choices share. */
  readonly prompt: Prompt;
  readonly choices: readonly Prompt[];
}

/** A stretch of a text in Unicode code points, the end excluded. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** A worked example for few-shot prompts: a prompt, with an image of its own or none, and its answer. */
export interface Demonstration {
  readonly prompt: Prompt;
  readonly answer: string;
}

const GROUNDING: PromptSegment = { kind: 'grounding' };

/** Describe in a sentence, with locations. */
export function briefPrompt(image: string | null): Prompt {
  return [...start(image), GROUNDING, text('An image of')];
}

/** Describe in detail, with locations. */
export function detailedPrompt(image: string | null): Prompt {
  return [...start(image), GROUNDING, text('Describe this image in detail:')];
}

/** Describe in a sentence, without locations. */
export function captionPrompt(image: string | null): Prompt {
  return [...start(image), text('An image of')];
}

/**
 * Where is this? Phrase grounding and referring expression comprehension.
 * @param before the caption up to the phrase, for a phrase in its context as in the Flickr30k evaluation; '' for alone
 * @throws Kosmos2Error PROMPT_EMPTY or PROMPT_TOO_LONG, as all builders that take words
 */
export function findPrompt(image: string | null, phrase: string, before = ''): Prompt {
  const context = before.trim() === '' ? [] : [text(checked(before, 'caption'))];
  return [...start(image), GROUNDING, ...context, { kind: 'phrase', text: checked(phrase, 'phrase') }];
}

/**
 * Ground my text: one prompt per phrase of a caption, each with the caption up to it, as in the Flickr30k evaluation. The
 * answer to a prompt locates its phrase.
 * @param spans inside the caption, in any order
 * @throws Kosmos2Error REGION_INVALID for a span outside of the caption, PROMPT_EMPTY for one without words
 */
export function groundTextPrompts(
  image: string | null,
  caption: string,
  spans: readonly TextSpan[],
): readonly Prompt[] {
  checkLength(caption.length);
  const points = Array.from(caption);
  return spans.map(({ start, end }) => {
    const inside = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end <= points.length;
    if (!inside) {
      const message = `The phrase from ${start} to ${end} is outside of the text, which has ${points.length} characters; choose it again.`;
      throw new Kosmos2Error('REGION_INVALID', message, { start, end, length: points.length });
    }
    return findPrompt(image, points.slice(start, end).join(''), points.slice(0, start).join(''));
  });
}

/**
 * Find others like these: the object of a phrase, begun with boxes that are known, so that the model has to go on with
 * another box. See `findOthers` for the whole search.
 * @param boxes at least one
 * @param before as in `findPrompt`
 * @throws Kosmos2Error also REGION_INVALID
 */
export function findOthersPrompt(
  image: string | null,
  phrase: string,
  boxes: readonly PatchPair[],
  before = '',
): Prompt {
  return [...findPrompt(image, phrase, before), { kind: 'open-object', boxes: checkedBoxes(boxes) }];
}

/** What is in this region? Referring expression generation. @throws Kosmos2Error REGION_INVALID */
export function describeRegionPrompt(image: string | null, regions: readonly PatchPair[]): Prompt {
  return [...start(image), GROUNDING, { kind: 'phrase', text: 'It' }, ...region(regions), text('is')];
}

/** A question answered with locations. */
export function groundedQuestionPrompt(image: string | null, question: string): Prompt {
  return [...start(image), GROUNDING, text(questionText(question))];
}

/**
 * A question with regions among its words, answered with locations: "What is", it{regions}, "next to?".
 * @throws Kosmos2Error also REGION_INVALID
 */
export function regionQuestionPrompt(image: string | null, parts: readonly QuestionPart[]): Prompt {
  if (parts.every((part) => typeof part === 'string')) checked(parts.join(' '), 'question');
  const segments: PromptSegment[] = [];
  let words: string[] = ['Question:'];
  const flush = () => {
    if (words.length > 0) segments.push(text(words.join(' ')));
    words = [];
  };
  for (const part of parts) {
    if (typeof part === 'string') {
      checkLength(part.length);
      if (part.trim() !== '') words.push(part.trim());
    } else {
      flush();
      segments.push({ kind: 'phrase', text: checked(part.phrase, 'phrase') }, ...region(part.regions));
    }
  }
  words.push('Answer:');
  flush();
  return [...start(image), GROUNDING, ...segments];
}

/** A question answered in plain words. */
export function questionPrompt(image: string | null, question: string): Prompt {
  return [...start(image), text(questionText(question))];
}

/**
 * Multiple choice: a question and its possible answers. The best choice is the one whose own tokens have the highest mean
 * log-probability after the question.
 */
export function choiceQuestion(image: string | null, question: string, choices: readonly string[]): ChoiceQuestion {
  return {
    prompt: questionPrompt(image, question),
    choices: choices.map((choice) => [text(checked(choice, 'choice'))]),
  };
}

/** Few-shot: demonstrations, each with its own image, to stand before the question as its `context`. */
export function fewShotContext(demonstrations: readonly Demonstration[]): Prompt {
  return demonstrations.flatMap(({ prompt, answer }) => [...prompt, text(checked(answer, 'answer'))]);
}

/** Language only: the model goes on with a text, and sees no image. */
export function languagePrompt(words: string): Prompt {
  return [text(checked(words, 'text'))];
}

/** Expert mode: KOSMOS-2's own tags count in the text. */
export function rawPrompt(image: string | null, words: string): Prompt {
  return [...start(image), { kind: 'raw', text: checked(words, 'prompt') }];
}

function start(image: string | null): readonly PromptSegment[] {
  return image === null ? [] : [{ kind: 'image', image }];
}

function text(words: string): PromptSegment {
  return { kind: 'text', text: words };
}

function questionText(question: string): string {
  return `Question: ${checked(question, 'question')} Answer:`;
}

function region(boxes: readonly PatchPair[]): readonly PromptSegment[] {
  return [{ kind: 'regions', boxes: checkedBoxes(boxes) }];
}

function checkedBoxes(boxes: readonly PatchPair[]): readonly PatchPair[] {
  if (boxes.length === 0) throw new Kosmos2Error('REGION_INVALID', 'There is no region; draw a box on the image.');
  for (const pair of boxes) checkPatchPair(pair);
  return boxes;
}

function checked(words: string, what: string): string {
  const trimmed = words.trim();
  checkLength(words.length);
  if (trimmed !== '') return trimmed;
  throw new Kosmos2Error('PROMPT_EMPTY', `The ${what} is empty; write what you want to know.`, { what });
}
