import type { ReactNode } from 'react';
import { MODES } from '../../state/turn.ts';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';

/** The modes as a row of words. */
export function ModeRow(): ReactNode {
  const chosen = useApp((state) => state.draft.mode);
  const { edit } = useActions();
  return (
    <fieldset className="modes">
      <legend className="visually-hidden">{strings.composer.modes}</legend>
      {MODES.map((mode) => (
        <label key={mode}>
          <input type="radio" name="mode" value={mode} checked={mode === chosen} onChange={() => edit({ mode })} />
          {strings.modes[mode].word}
        </label>
      ))}
    </fieldset>
  );
}
