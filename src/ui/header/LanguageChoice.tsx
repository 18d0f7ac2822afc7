import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { useActions, useApp } from '../common/app-context.ts';
import { chooseLanguage, LANGUAGES, type Language } from '../language.ts';
import { transferStore } from '../models/transfer-store.ts';
import * as strings from '../strings.ts';

/** The language of the page; the model's own is English. Where a reload loses or stops something, it is a press of its own. */
export function LanguageChoice(): ReactNode {
  const kept = useApp(({ keeping, unkept }) => keeping !== false && unkept.pictures + unkept.answers === 0);
  const keeps = useStore(transferStore, ({ phase }) => phase !== 'running') && kept;
  const { save } = useActions();
  const spoken = document.documentElement.lang;
  const [wanted, setWanted] = useState(spoken);
  const choose = (language: string) => void save().then(() => chooseLanguage(language as Language));
  return (
    <>
      <label className="language">
        {strings.details.language}
        <select value={wanted} onChange={({ target }) => (keeps ? choose : setWanted)(target.value)}>
          {Object.entries(LANGUAGES).map(([language, name]) => (
            <option key={language} value={language} lang={language}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {wanted !== spoken && (
        <p className="buttons">
          <button type="button" className="button" onClick={() => choose(wanted)}>
            {strings.pageFailed.reload}
          </button>
        </p>
      )}
    </>
  );
}
