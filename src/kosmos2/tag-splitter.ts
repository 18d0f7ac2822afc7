/** A stretch of plain text, or one tag. */
export interface TextPart {
  readonly text: string;
  readonly tag: boolean;
}

/** All of KOSMOS-2's tokens that can stand in a text have this shape, and none holds another. */
const CANDIDATE = /<[^<>\s]{1,40}>/g;

/** Cuts a text at the tags that `isTag` knows, keeping every character: the parts joined are the text again. */
export function splitTags(text: string, isTag: (candidate: string) => boolean): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const [candidate] = match;
    if (!isTag(candidate)) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), tag: false });
    parts.push({ text: candidate, tag: true });
    end = match.index + candidate.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), tag: false });
  return parts;
}
