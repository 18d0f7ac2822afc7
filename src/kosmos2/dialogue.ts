import type { Entity, GroundedBox, GroundedText } from './grounded-text.ts';
import { orderedPair } from './patch-index.ts';
import type { Prompt, PromptSegment } from './prompt.ts';

/** A turn of a conversation as the model reads it again: question and answer, and the tokens they take. */
export interface PastTurn {
  /** From `pastTurn`. */
  readonly prompt: Prompt;
  /** As the engine's `measure` counts them. */
  readonly tokens: number;
}

/** Earlier turns that fit. */
export interface DialogueContext {
  /** The image and the turns, oldest first: the `context` of a request whose prompt has no image of its own. */
  readonly context: Prompt;
  /** How many turns are in it: the newest. */
  readonly kept: number;
  /** What these turns take. */
  readonly tokens: number;
}

/** Ends of an expert's prompt that the answer goes on with: an object and the boxes in it, or a phrase. */
const OPEN_OBJECT = /<object>(?:\s*<(?:patch_index_\d{4}|\/delimiter_of_multi_objects\/)>)*\s*$/;
const OPEN_PHRASE = /<phrase>(?:(?!<\/phrase>|<object>).)*$/s;
/** A box in such an object. */
const BOX = /<patch_index_\d{4}>\s*<patch_index_\d{4}>/;

/**
 * A question exactly as it was asked, without its image, and its answer with phrases, tags and locations. Nothing where an
 * expert began a phrase that the answer ended: which of its words were asked is not known.
 * @param asked the prompt of the request
 * @param grounded of its result
 */
export function pastTurn(asked: Prompt, grounded: GroundedText): Prompt {
  const last = asked.at(-1);
  // A question that began an object is one with the answer that closed it.
  const question = asked
    .filter(({ kind }) => kind !== 'image' && kind !== 'open-object')
    .map((part) =>
      part === last && part.kind === 'raw' ? { ...part, text: part.text.replace(OPEN_OBJECT, '') } : part,
    );
  const end = question.at(-1);
  if (end?.kind === 'raw' && OPEN_PHRASE.test(end.text)) return [];
  const begun = last?.kind === 'raw' ? BOX.test(OPEN_OBJECT.exec(last.text)?.[0] ?? '') : last?.kind === 'open-object';
  return [...question, ...answerSegments(grounded, begun)];
}

/**
 * Puts as many of the newest turns behind the image as there is room for, and drops the oldest first.
 * @param turns oldest first
 * @param room tokens the turns may take: the `limit` of `measure` less the tokens of image and question, and less those to
 * be kept for the answer
 */
export function dialogueContext(image: string | null, turns: readonly PastTurn[], room: number): DialogueContext {
  let first = turns.length;
  let tokens = 0;
  for (; first > 0; first -= 1) {
    const more = tokens + (turns[first - 1]?.tokens ?? 0);
    if (more > room) break;
    tokens = more;
  }
  const start: Prompt = image === null ? [] : [{ kind: 'image', image }];
  const kept = turns.slice(first);
  return { context: [...start, ...kept.flatMap(({ prompt }) => prompt)], kept: kept.length, tokens };
}

/**
 * The generated part of a text; a phrase of the question that the answer located gives its boxes only.
 * @param begun whether the question ended in an object with a box, which the answer may only have closed
 */
function answerSegments({ caption, answerStart, entities }: GroundedText, begun: boolean): PromptSegment[] {
  const points = Array.from(caption);
  const segments: PromptSegment[] = [];
  let end = answerStart;
  const words = (until: number): void => {
    const written = points.slice(end, until).join('');
    const text = written.trim();
    // A comma behind a box is read again without a space, as it was written.
    const joined = segments.length > 0 && !/^\s/.test(written);
    if (text !== '') segments.push({ kind: 'text', text, ...(joined && { joined }) });
    end = Math.max(end, until);
  };
  const continued = begun ? entities.findLast(({ boxes }) => boxes.some(isGiven)) : undefined;
  for (const entity of entities) {
    if (entity !== continued && !isAnswer(entity, answerStart)) continue;
    words(entity.start);
    if (entity.phrase !== null && entity.start >= answerStart) segments.push({ kind: 'phrase', text: entity.phrase });
    if (entity.boxes.length > 0) segments.push({ kind: 'regions', boxes: entity.boxes.map(orderedPair) });
    end = Math.max(end, entity.end);
  }
  words(points.length);
  return segments;
}

function isAnswer({ start, boxes }: Entity, answerStart: number): boolean {
  return boxes.length === 0 ? start >= answerStart : !boxes.every(isGiven);
}

function isGiven({ score }: GroundedBox): boolean {
  return score === null;
}
