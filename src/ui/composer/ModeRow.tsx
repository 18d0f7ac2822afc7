import type { ReactNode } from 'react';
import { MODES, type Mode } from '../../state/turn.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { Menu, MenuItem } from '../common/Menu.tsx';
import * as strings from '../strings.ts';
import { focusComposer } from './focus-composer.ts';

/** Modes that stand as words in the row; the others are behind "More". */
const COMMON = 5;

/** The common modes as a row of words, and the one chosen where it is another. */
export function ModeRow(): ReactNode {
  const chosen = useApp((state) => state.draft.mode);
  const { edit } = useActions();
  const common: readonly Mode[] = MODES.slice(0, COMMON);
  const row = common.includes(chosen) ? common : [...common, chosen];
  return (
    <fieldset className="modes">
      <legend className="visually-hidden">{strings.composer.modes}</legend>
      {row.map((mode) => (
        <label key={mode}>
          <input type="radio" name="mode" value={mode} checked={mode === chosen} onChange={() => edit({ mode })} />
          {strings.modes[mode].word}
        </label>
      ))}
      <Menu button={strings.composer.more} label={strings.composer.moreLabel} className="mode-more">
        {MODES.slice(COMMON).map((mode) => (
          <MenuItem
            key={mode}
            checked={mode === chosen}
            onChoose={() => {
              edit({ mode });
              focusComposer();
            }}
          >
            {strings.modes[mode].word}
          </MenuItem>
        ))}
      </Menu>
    </fieldset>
  );
}
