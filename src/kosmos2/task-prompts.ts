import { Kosmos2Error } from './errors.ts';
import { checkPatchPair } from './patch-index.ts';
import type { PatchPair, Prompt, PromptSegment } from './prompt.ts';
import { checkLength } from './sequence.ts';

/** A question about a region of the image: `{before} it{regions} {after}`, e.g. "What is" + it + "next to?". */
export interface RegionQuestion {
  readonly before: string;
  /** What the region is called in the question. */
  readonly phrase: string;
  readonly regions: readonly PatchPair[];
  /** May be empty. */
  readonly after: string;
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

/** What is in this region? Referring expression generation. @throws Kosmos2Error REGION_INVALID */
export function describeRegionPrompt(image: string | null, regions: readonly PatchPair[]): Prompt {
  return [...start(image), GROUNDING, { kind: 'phrase', text: 'It' }, ...region(regions), text('is')];
}

/** A question answered with locations. */
export function groundedQuestionPrompt(image: string | null, question: string): Prompt {
  return [...start(image), GROUNDING, text(questionText(question))];
}

/** A question about a region, answered with locations. @throws Kosmos2Error also REGION_INVALID */
export function regionQuestionPrompt(image: string | null, question: RegionQuestion): Prompt {
  const { before, phrase, regions, after } = question;
  const words: PromptSegment = { kind: 'phrase', text: checked(phrase, 'phrase') };
  const lead = before.trim() === '' ? 'Question:' : `Question: ${checked(before, 'question')}`;
  checkLength(after.length);
  return [
    ...start(image),
    GROUNDING,
    text(lead),
    words,
    ...region(regions),
    text(`${after.trim()} Answer:`.trimStart()),
  ];
}

/** A question answered in plain words. */
export function questionPrompt(image: string | null, question: string): Prompt {
  return [...start(image), text(questionText(question))];
}

/**
 * Multiple choice: one prompt per choice, the question and then the choice as last segment. The best choice is the one
 * whose own tokens have the highest mean log-probability after what all prompts share.
 */
export function choicePrompts(image: string | null, question: string, choices: readonly string[]): readonly Prompt[] {
  const shared = questionPrompt(image, question);
  return choices.map((choice) => [...shared, text(checked(choice, 'choice'))]);
}

/** Few-shot: demonstrations before the question, each with its own image. */
export function fewShotPrompt(demonstrations: readonly Demonstration[], prompt: Prompt): Prompt {
  const shown = demonstrations.flatMap(({ prompt: asked, answer }) => [...asked, text(checked(answer, 'answer'))]);
  return [...shown, ...prompt];
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
  if (boxes.length === 0) throw new Kosmos2Error('REGION_INVALID', 'There is no region; draw a box on the image.');
  for (const pair of boxes) checkPatchPair(pair);
  return [{ kind: 'regions', boxes }];
}

function checked(words: string, what: string): string {
  const trimmed = words.trim();
  checkLength(words.length);
  if (trimmed !== '') return trimmed;
  throw new Kosmos2Error('PROMPT_EMPTY', `The ${what} is empty; write what you want to know.`, { what });
}
