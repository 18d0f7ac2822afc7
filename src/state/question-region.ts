import type { Region } from './turn.ts';

/** How words name a region: by its number on the stage. */
export function regionMark(region: Pick<Region, 'number'>): string {
  return `[region ${region.number}]`;
}

const MARK = /\[region (\d{1,6})\]/gi;

/**
 * A question with its regions among the words. A region stands where a mark names it; the first one without a mark in
 * place of the first word "it"; what is left at the end, before the question mark. A mark that names no region of the
 * question is words.
 */
export function questionParts(words: string, regions: readonly Region[]): readonly (string | Region)[] {
  const parts: (string | Region)[] = [];
  let cursor = 0;
  for (const match of words.matchAll(MARK)) {
    const named = regions.find(({ number }) => number === Number(match[1]));
    if (!named) continue;
    parts.push(words.slice(cursor, match.index), named);
    cursor = match.index + match[0].length;
  }
  parts.push(words.slice(cursor));
  for (const region of regions) if (!parts.includes(region)) insert(parts, region);
  return parts.flatMap((part) => (typeof part === 'string' ? part.trim() || [] : part));
}

/** Puts a region in place of the first "it", or before the punctuation that ends the question. */
function insert(parts: (string | Region)[], region: Region): void {
  for (const [index, part] of parts.entries()) {
    const it = typeof part === 'string' ? /\bit\b/i.exec(part) : null;
    if (typeof part !== 'string' || !it) continue;
    parts.splice(index, 1, part.slice(0, it.index), region, part.slice(it.index + it[0].length));
    return;
  }
  const last = parts.at(-1);
  if (typeof last !== 'string') {
    parts.push(region);
    return;
  }
  const end = /[?.!؟\s]*$/.exec(last)?.index ?? last.length;
  parts.splice(-1, 1, last.slice(0, end), region, last.slice(end));
}
