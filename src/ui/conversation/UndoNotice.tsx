import type { ReactNode } from 'react';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';

/** What was just removed, and the way back. */
export function UndoNotice(): ReactNode {
  const told = useApp(({ history }) => history.told);
  const { undo, redo, dismissUndo } = useActions();
  const words = strings.undo;
  return (
    <div className="undo" role="status">
      {told && (
        <div className="undo-line">
          <span>{told.undone ? words.broughtBack : words.done[told.kind]}</span>
          <button type="button" className="link strong" onClick={told.undone ? redo : undo}>
            {told.undone ? words.redo : words.undo}
          </button>
          <button type="button" className="link" aria-label={strings.stage.dismiss} onClick={dismissUndo}>
            ×
          </button>
        </div>
      )}
    </div>
  );
}
