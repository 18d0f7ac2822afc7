import type { ReactNode } from 'react';
import { chooseLanguage, LANGUAGES, type Language } from '../language.ts';
import * as strings from '../strings.ts';

/** The language of the page; the model's own is English. */
export function LanguageChoice(): ReactNode {
  return (
    <label className="language">
      {strings.details.language}
      <select value={document.documentElement.lang} onChange={({ target }) => chooseLanguage(target.value as Language)}>
        {Object.entries(LANGUAGES).map(([language, name]) => (
          <option key={language} value={language} lang={language}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
