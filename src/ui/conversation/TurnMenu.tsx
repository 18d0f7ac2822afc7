import type { ReactNode } from 'react';
import { draftOf } from '../../state/draft.ts';
import type { Turn } from '../../state/turn.ts';
import { useActions } from '../common/app-context.ts';
import { Menu, MenuItem } from '../common/Menu.tsx';
import { focusComposer } from '../composer/focus-composer.ts';
import * as strings from '../strings.ts';

/** What is seldom done with a turn. */
export function TurnMenu({ turn }: { turn: Turn }): ReactNode {
  const { editTurn, deleteTurn } = useActions();
  const words = strings.turnMenu;
  return (
    <Menu button="⋯" label={words.label} className="link more">
      {draftOf(turn.task) && (
        <MenuItem
          onChoose={() => {
            editTurn(turn.id);
            focusComposer();
          }}
        >
          {words.edit}
        </MenuItem>
      )}
      <MenuItem onChoose={() => deleteTurn(turn.id)}>{words.delete}</MenuItem>
    </Menu>
  );
}
