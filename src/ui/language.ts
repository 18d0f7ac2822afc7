import type * as strings from './all-strings.ts';
import { keptWord } from './common/kept-word.ts';

/** Languages the page speaks, in their own words. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof LANGUAGES;

/** Every group of words; functions at the top only compose them. */
type Groups = {
  [K in keyof typeof strings as (typeof strings)[K] extends (...args: never[]) => unknown
    ? never
    : K]: (typeof strings)[K];
};

/** Words of another language in the places of the English ones; what is left out stays English. */
export type Translation = { readonly [K in keyof Groups]?: Translated<Groups[K]> };

type Translated<T> = T extends (...args: infer A) => string
  ? (...args: A) => string
  : T extends string
    ? string
    : T extends readonly (infer E)[]
      ? readonly Translated<E>[]
      : { readonly [K in keyof T]?: Translated<T[K]> };

/** Where the choice is remembered. */
const KEY = 'language';
/** And in the address, where nothing is: `?lang=de`. */
const PARAMETER = 'lang';

/** The language of the address or the one a person chose here, otherwise the browser's first one that the page speaks. */
export function preferredLanguage(): Language {
  const wanted = [new URLSearchParams(location.search).get(PARAMETER), keptWord(KEY), ...navigator.languages];
  for (const tag of wanted) {
    const language = (Object.keys(LANGUAGES) as Language[]).find((one) => tag?.toLowerCase().split('-')[0] === one);
    if (language) return language;
  }
  return 'en';
}

/**
 * Puts the words of a language in the place of the English ones. To be called before anything is rendered. Where they cannot
 * be fetched the page speaks English.
 */
export async function speak(language: Language): Promise<void> {
  if (language === 'en') return;
  try {
    const [words, { german }] = await Promise.all([import('./all-strings.ts'), import('./strings/german.ts')]);
    replaceWords(words, german);
    document.documentElement.lang = language;
  } catch (thrown) {
    console.info('The page speaks English, for its other words could not be fetched:', thrown);
  }
}

/** Remembers a language and loads the page again in it. What is to come back is to be stored before. */
export function chooseLanguage(language: Language): void {
  const address = new URL(location.href);
  address.searchParams.delete(PARAMETER);
  try {
    localStorage.setItem(KEY, language);
  } catch {
    address.searchParams.set(PARAMETER, language);
  }
  history.replaceState(history.state, '', address);
  location.reload();
}

type Words = { [key: string]: unknown };

/** Replaces words in place, group by group: whoever holds a group sees the new ones. */
export function replaceWords(into: object, from: object): void {
  for (const [key, value] of Object.entries(from)) {
    const old = (into as Words)[key];
    const group = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (group && typeof old === 'object' && old !== null) replaceWords(old, value);
    else (into as Words)[key] = value;
  }
}
