/** A piece of a raw prompt: one of the model's tags, or words. */
export interface TagPiece {
  readonly text: string;
  readonly tag: boolean;
  /** Where it begins. */
  readonly at: number;
}

const TAG =
  /(<\/?(?:s|pad|unk|mask|doc|image|chunk|line|phrase|object|grounding)>|<patch_index_\d{4}>|<\/delimiter_of_multi_objects\/>)/;

/** Cuts a raw prompt at the model's tags. */
export function tagPieces(words: string): readonly TagPiece[] {
  let at = 0;
  return words.split(TAG).flatMap((text, index) => {
    const piece = { text, tag: index % 2 === 1, at };
    at += text.length;
    return text === '' ? [] : piece;
  });
}
