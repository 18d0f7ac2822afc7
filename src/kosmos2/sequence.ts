import { Kosmos2Error } from './errors.ts';
import { checkPatchPair, type PatchPair } from './patch-index.ts';
import type { Prompt, PromptSegment } from './prompt.ts';
import type { SpecialTokens } from './special-tokens.ts';

/** Longest text of one prompt in UTF-16 units, far above what any KV cache holds; it bounds the tokenizer's work. */
const MAX_PROMPT_CHARACTERS = 10_000;
/** Most segments and most boxes of one prompt. */
const MAX_PARTS = 1000;

/** The tokenizer as this room needs it; `src/runtime/tokenizer.ts` makes one from a package. */
export interface TextCodec {
  /** Ids of what a person typed: no tag is ever matched in it, no special id ever comes out. */
  encodeText(text: string): number[];
  /** As `encodeText`, but with no space before its first word: a comma behind a box. */
  encodeJoined(text: string): number[];
  /**
   * Ids of an expert's prompt: tags are matched.
   * @throws Kosmos2Error PROMPT_FORBIDDEN_TOKEN at a token that only the engine may place (`<s>`, `<image>`, ...)
   */
  encodePrompt(text: string): number[];
  /** Ids with every added token matched and nothing refused, for looking at a tokenizer. */
  encodeAll(text: string): number[];
  /** What one id adds to a running text: a piece with its leading space, a tag by its name, '' for an unknown id. */
  decodeToken(id: number): string;
  /** Whether the reference's decode of this package takes out the spaces before punctuation. */
  readonly cleanUpSpaces: boolean;
}

/** Where an image's rows stand in a sequence. */
export interface ImageSpan {
  readonly image: string;
  /** Position of the first row: the token after `<image>`. */
  readonly start: number;
  /** Number of rows, the model's latent queries. */
  readonly length: number;
}

/** A prompt as the decoder reads it. */
export interface Sequence {
  readonly ids: readonly number[];
  readonly imageSpans: readonly ImageSpan[];
}

/**
 * Lays a prompt out as token ids: `<s>` first, every image as `<image>`, placeholder ids and `</image>`, tags by id.
 * Every text begins with a space of its own, as after a tag in the reference.
 * @param latentQueryNum image rows of the model
 * @throws Kosmos2Error PROMPT_EMPTY, PROMPT_TOO_LONG, PROMPT_FORBIDDEN_TOKEN or REGION_INVALID
 */
export function buildSequence(
  prompt: Prompt,
  codec: TextCodec,
  specials: SpecialTokens,
  latentQueryNum: number,
): Sequence {
  const sequence = layOut(prompt, codec, specials, latentQueryNum);
  // Positions that are not text: <s>, and the rows of every image with their two tags.
  if (sequence.ids.length === 1 + sequence.imageSpans.length * (latentQueryNum + 2)) {
    throw new Kosmos2Error('PROMPT_EMPTY', 'The prompt is empty; write what you want to know about the image.');
  }
  return sequence;
}

/** The same for a part of a prompt, which may be empty or nothing but an image. */
export function layOut(prompt: Prompt, codec: TextCodec, specials: SpecialTokens, latentQueryNum: number): Sequence {
  checkSize(prompt);
  const ids: number[] = [specials.bos];
  const imageSpans: ImageSpan[] = [];
  for (const segment of prompt) {
    if (segment.kind === 'image') {
      imageSpans.push({ image: segment.image, start: ids.length + 1, length: latentQueryNum });
    }
    for (const id of segmentIds(segment, codec, specials, latentQueryNum)) ids.push(id);
  }
  return { ids, imageSpans };
}

function segmentIds(segment: PromptSegment, codec: TextCodec, specials: SpecialTokens, rows: number): number[] {
  switch (segment.kind) {
    case 'image':
      return [
        specials.image,
        ...Array.from({ length: rows }, (_, i) => specials.firstImageSlot + i),
        specials.endImage,
      ];
    case 'grounding':
      return [specials.grounding];
    case 'text':
      return segment.joined ? codec.encodeJoined(segment.text) : codec.encodeText(segment.text);
    case 'phrase':
      return [specials.phrase, ...codec.encodeText(segment.text), specials.endPhrase];
    case 'regions':
      return [...boxIds(segment.boxes, specials), specials.endObject];
    case 'open-object':
      return [...boxIds(segment.boxes, specials), specials.delimiter];
    case 'raw':
      return codec.encodePrompt(segment.text);
  }
}

/** `<object>` and the boxes, a delimiter between them. */
function boxIds(boxes: readonly PatchPair[], specials: SpecialTokens): number[] {
  if (boxes.length === 0) {
    throw new Kosmos2Error('REGION_INVALID', 'The prompt names a region without a box; draw one on the image.');
  }
  const ids = boxes.flatMap((pair) => {
    checkPatchPair(pair);
    return [specials.delimiter, specials.firstPatch + pair.upperLeft, specials.firstPatch + pair.lowerRight];
  });
  // <object> stands where the delimiter before the first box would.
  return [specials.object, ...ids.slice(1)];
}

function checkSize(prompt: Prompt): void {
  let characters = 0;
  let parts = prompt.length;
  for (const segment of prompt) {
    if ('text' in segment) characters += segment.text.length;
    if ('boxes' in segment) parts += segment.boxes.length;
  }
  checkLength(characters);
  if (parts <= MAX_PARTS) return;
  const message = `The prompt has ${parts} parts, more than the ${MAX_PARTS} allowed; shorten it.`;
  throw new Kosmos2Error('PROMPT_TOO_LONG', message, { parts, limit: MAX_PARTS });
}

/** Refuses a text too long for one prompt. @throws Kosmos2Error PROMPT_TOO_LONG */
export function checkLength(characters: number): void {
  if (characters <= MAX_PROMPT_CHARACTERS) return;
  const message = `The prompt has ${characters} characters, more than the ${MAX_PROMPT_CHARACTERS} allowed; shorten it.`;
  throw new Kosmos2Error('PROMPT_TOO_LONG', message, { characters, limit: MAX_PROMPT_CHARACTERS });
}
