/**
 * The words of an answer as they come, with lengths in Unicode code points. Words between two tags are a run; finished
 * runs never change, so that offsets taken at a tag hold for good.
 */
export class Caption {
  readonly #tidy: (run: string) => string;
  #finished = '';
  #points = 0;
  #run = '';

  /** @param cleanUpSpaces whether the reference's decode of this package joins punctuation to the word before it */
  constructor(cleanUpSpaces: boolean) {
    this.#tidy = cleanUpSpaces ? cleanUp : (run) => run;
  }

  append(text: string): void {
    this.#run += text;
  }

  /** Ends the run, at a tag or where the answer begins. Returns where the caption stands now. */
  mark(): CaptionMark {
    const run = this.#openRun();
    this.#finished += run;
    this.#points += codePoints(run);
    this.#run = '';
    return { index: this.#finished.length, point: this.#points };
  }

  /** Where the caption stands now, in code points. */
  get point(): number {
    return this.#points + codePoints(this.#openRun());
  }

  /** The whole caption, spaces at its end included; there are none at its beginning. */
  get text(): string {
    return this.#finished + this.#openRun();
  }

  #openRun(): string {
    const run = this.#tidy(this.#run);
    return this.#finished === '' ? run.trimStart() : run;
  }
}

/** A place in a caption, in UTF-16 units and in code points. */
export interface CaptionMark {
  readonly index: number;
  readonly point: number;
}

/** Length in Unicode code points. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The replacements of transformers' `clean_up_tokenization`, in its order. */
const CLEAN_UP = [
  [' .', '.'],
  [' ?', '?'],
  [' !', '!'],
  [' ,', ','],
  [" ' ", "'"],
  [" n't", "n't"],
  [" 'm", "'m"],
  [" 's", "'s"],
  [" 've", "'ve"],
  [" 're", "'re"],
] as const;

/** Takes out the spaces that tokenization puts before punctuation, as transformers' `clean_up_tokenization`. */
export function cleanUp(text: string): string {
  return CLEAN_UP.reduce((tidy, [from, to]) => tidy.replaceAll(from, to), text);
}
