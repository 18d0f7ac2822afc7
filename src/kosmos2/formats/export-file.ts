/** A text file to be saved or put into an archive. */
export interface ExportFile {
  /** Relative, with `/`; safe to unpack anywhere. */
  readonly path: string;
  /** Media type. */
  readonly type: string;
  readonly text: string;
}

/** Longest name before the ending, far under every file system's limit. */
const MAX_STEM = 100;

/**
 * A name for the files that belong to each picture: its own without folder and ending, with nothing in it that a file system
 * could misread, and no two alike.
 */
export function fileStems(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const stem = safeStem(name);
    let unique = stem;
    for (let number = 2; taken.has(unique.toLowerCase()); number += 1) unique = `${stem}-${number}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** A file name as a relative URL, safe inside brackets and quotes too. */
export function fileUrl(name: string): string {
  // encodeURIComponent refuses lone surrogates, and leaves brackets and the apostrophe.
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function safeStem(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const stem = base.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}_-]+/gu, '-');
  const short = Array.from(stem)
    .slice(0, MAX_STEM)
    .join('')
    .replace(/^-+|-+$/g, '');
  return short === '' ? 'image' : short;
}
