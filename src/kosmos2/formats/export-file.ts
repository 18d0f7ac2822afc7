/** A text file to be saved or put into an archive. */
export interface ExportFile {
  /** Relative, with `/`; safe to unpack anywhere. */
  readonly path: string;
  /** Media type. */
  readonly type: string;
  readonly text: string;
}

/** Longest name before the ending, in characters and in UTF-8: file systems hold 255 bytes with the ending. */
const MAX_STEM = 100;
const MAX_STEM_BYTES = 200;

/**
 * A name for the files that belong to each picture: its own without folder and ending, with nothing in it that a file system
 * could misread, and no two alike. Names that were made here stay as they are.
 */
export function fileStems(names: readonly string[]): string[] {
  return unlike(names.map((name) => safeStem((name.split(/[/\\]/).at(-1) ?? '').replace(/\.[^.]*$/, ''))));
}

/** Likewise for what belongs to each phrase, whose dots and slashes are no ending and no folder. */
export function phraseStems(phrases: readonly string[]): string[] {
  return unlike(phrases.map(safeStem));
}

function unlike(stems: readonly string[]): string[] {
  const taken = new Set<string>();
  return stems.map((stem) => {
    let unique = stem;
    for (let number = 2; taken.has(unique.toLowerCase()); number += 1) {
      const suffix = `-${number}`;
      unique = shortened(stem, suffix.length) + suffix;
    }
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

/** Names of devices, which Windows gives to no file, whatever its ending. */
const DEVICE = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])$/i;

function safeStem(name: string): string {
  // Composed, as macOS does not store them; marks belong to the letters of many scripts.
  const stem = name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-');
  const short = shortened(stem, 0).replace(/^-+|-+$/g, '');
  if (DEVICE.test(short)) return `${short}_`;
  return short === '' ? 'image' : short;
}

/** As much of a stem as leaves room for so many more letters. */
function shortened(stem: string, room: number): string {
  let bytes = room;
  const fits = (letter: string) => {
    bytes += utf8Bytes(letter.codePointAt(0) ?? 0);
    return bytes <= MAX_STEM_BYTES;
  };
  const letters = Array.from(stem).slice(0, MAX_STEM - room);
  const end = letters.findIndex((letter) => !fits(letter));
  return (end === -1 ? letters : letters.slice(0, end)).join('');
}

function utf8Bytes(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
