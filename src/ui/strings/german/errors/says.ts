import type { AppErrorCode, WireError } from '../../../../protocol/errors.ts';

type Values<K extends string> = Readonly<Record<K, string | number>>;

export type Details = WireError['details'];

/** One way to tell of a failure; null where the error lacks a value that the sentence names. */
export type Sentence = string | ((details: Details) => string | null);

/** Ways to tell of failures by their code: the first whose values are all there is taken. */
export type Sentences = { readonly [K in AppErrorCode]?: readonly Sentence[] };

/** The first of some sentences whose values are all there; null where there is none. */
export function said(sentences: readonly Sentence[], details: Details): string | null {
  for (const say of sentences) {
    const words = typeof say === 'string' ? say : say(details);
    if (words !== null) return words;
  }
  return null;
}

/** A sentence that names these values of an error. */
export function says<K extends string>(names: readonly K[], say: (values: Values<K>) => string) {
  return (details: Details): string | null => {
    const isThere = (name: K) => typeof details[name] === 'string' || typeof details[name] === 'number';
    return names.every(isThere) ? say(details as Values<K>) : null;
  };
}

/** A number as German writes it; words as they are. */
export function zahl(value: string | number): string {
  return typeof value === 'number' ? value.toLocaleString('de') : value;
}
