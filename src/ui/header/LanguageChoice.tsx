import { type ReactNode, useState } from 'react';
import { useActions } from '../common/app-context.ts';
import { chooseLanguage, LANGUAGES, type Language } from '../language.ts';
import * as strings from '../strings.ts';

/**
 * The language of the page; the model's own is English. Loading the page again is a press of its own: what is being written,
 * made, answered or fetched ends with it.
 */
export function LanguageChoice(): ReactNode {
  const { save } = useActions();
  const spoken = document.documentElement.lang;
  const [wanted, setWanted] = useState(spoken);
  return (
    <>
      <label className="language">
        {strings.details.language}
        <select value={wanted} onChange={({ target }) => setWanted(target.value)}>
          {Object.entries(LANGUAGES).map(([language, name]) => (
            <option key={language} value={language} lang={language}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {wanted !== spoken && (
        <p className="buttons">
          <button
            type="button"
            className="button"
            onClick={() => void save().then(() => chooseLanguage(wanted as Language))}
          >
            {strings.pageFailed.reload}
          </button>
        </p>
      )}
    </>
  );
}
