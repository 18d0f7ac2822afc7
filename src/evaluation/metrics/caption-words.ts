/** What the captions' own evaluation leaves out (PUNCTUATIONS of pycocoevalcap's ptbtokenizer.py). */
const PUNCTUATION: ReadonlySet<string> = new Set([
  "''",
  "'",
  '``',
  '`',
  '.',
  '?',
  '!',
  ',',
  ':',
  '-',
  '--',
  '...',
  ';',
]);

/** Brackets as the Penn Treebank writes them. Its list names them in capitals and its words are lower case, so they stay. */
const BRACKETS: Readonly<Record<string, string>> = {
  '(': '-lrb-',
  ')': '-rrb-',
  '[': '-lsb-',
  ']': '-rsb-',
  '{': '-lcb-',
  '}': '-rcb-',
};

/** Endings that the Penn Treebank counts as words of their own. */
const CLITIC = /(?<=.)(n't|'(?:s|m|d|ll|re|ve))$/;
/** Signs that belong to the word: initials, and short forms that captions have. */
const WHOLE = /^(?:(?:[a-z]\.)+|(?:mr|mrs|ms|dr|st|jr|sr|vs|no)\.|'n')$/;

/**
 * Words of a caption, lower case and without punctuation: those of the Penn Treebank tokenizer that CIDEr and METEOR are
 * reckoned with, as far as captions go. Not done are its rarer rules: longer lists of abbreviations, fractions, addresses.
 */
export function captionWords(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d"]/g, ' ')
    .replace(/[()[\]{}]/g, (bracket) => ` ${BRACKETS[bracket]} `)
    .replace(/\.{3}|--|[!?;$%]|[:,](?!\d)|(?<!\d)[:,]/g, ' $& ')
    .split(/\s+/)
    .filter((word) => !PUNCTUATION.has(word))
    .flatMap((word) => (WHOLE.test(word) ? [word] : word.replace(/[.']$/, '').split(CLITIC)))
    .filter((word) => word !== '');
}
