import type { ReactNode } from 'react';
import { COMMON_MODES, FURTHER_MODES } from '../../state/turn.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { Menu, MenuItem } from '../common/Menu.tsx';
import * as strings from '../strings.ts';
import { focusComposer } from './focus-composer.ts';

/** The common modes as a row of words; "More" turns into the other one that is chosen. */
export function ModeRow(): ReactNode {
  const chosen = useApp((state) => state.draft.mode);
  const { edit } = useActions();
  const other = FURTHER_MODES.some((mode) => mode === chosen) ? strings.modes[chosen].word : null;
  const { modes, more, moreLabel } = strings.composer;
  return (
    <fieldset className="modes">
      <legend className="visually-hidden">{modes}</legend>
      {COMMON_MODES.map((mode) => (
        <label key={mode}>
          <input type="radio" name="mode" value={mode} checked={mode === chosen} onChange={() => edit({ mode })} />
          {strings.modes[mode].word}
        </label>
      ))}
      <Menu
        button={other ?? more}
        label={other === null ? moreLabel : `${other}, ${moreLabel}`}
        className={other === null ? 'mode-more' : 'mode-more chosen'}
      >
        {FURTHER_MODES.map((mode) => (
          <MenuItem
            key={mode}
            checked={mode === chosen}
            onChoose={() => {
              edit({ mode });
              focusComposer();
            }}
          >
            {strings.modes[mode].word}
            <span className="help">{strings.furtherModes[mode]}</span>
          </MenuItem>
        ))}
      </Menu>
    </fieldset>
  );
}
