import type { ReactNode } from 'react';
import { imageOf } from '../../state/app-state.ts';
import { canCorrect } from '../../state/correcting.ts';
import { writeSceneLink } from '../../state/scene-link.ts';
import type { Turn } from '../../state/turn.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { Menu, MenuItem } from '../common/Menu.tsx';
import { useCopying } from '../common/use-copying.ts';
import { focusComposer } from '../composer/focus-composer.ts';
import * as strings from '../strings.ts';

/** What is seldom done with a turn; whether its link was copied is told beside it, for by then the menu is closed. */
export function TurnMenu({ turn }: { turn: Turn }): ReactNode {
  const [outcome, copy] = useCopying();
  return (
    <>
      <Menu button="⋯" label={strings.turnMenu.label} className="link more">
        <Items turn={turn} copy={copy} />
      </Menu>
      <span role="status">{outcome && strings.copying[outcome]}</span>
    </>
  );
}

/** Only while the menu is open: the link is made anew whenever anything changes. */
function Items({ turn, copy }: { turn: Turn; copy: (text: string) => void }): ReactNode {
  const { editTurn, deleteTurn, openDialog, startCorrecting } = useActions();
  const link = useApp((state) => writeSceneLink(turn.task, imageOf(state, turn.image), state.images));
  const words = strings.turnMenu;
  return (
    <>
      <MenuItem
        onChoose={() => {
          editTurn(turn.id);
          focusComposer();
        }}
      >
        {words.edit}
      </MenuItem>
      {turn.tokens.length > 0 && (
        <MenuItem onChoose={() => openDialog({ kind: 'xray', turn: turn.id })}>{words.xray}</MenuItem>
      )}
      {canCorrect(turn) && <MenuItem onChoose={() => startCorrecting(turn.id)}>{words.correct}</MenuItem>}
      {link && 'clipboard' in navigator && (
        <MenuItem onChoose={() => copy(new URL(link, pageAddress()).href)}>{words.link}</MenuItem>
      )}
      <MenuItem onChoose={() => deleteTurn(turn.id)}>{words.delete}</MenuItem>
    </>
  );
}

/** The page without what only this visit asked of it. */
function pageAddress(): string {
  return location.origin + location.pathname;
}
