import type { CSSProperties, ReactNode } from 'react';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { useComposerHeight } from './use-composer-height.ts';

/** What was just removed, and the way back; above the composer, in view wherever the conversation was scrolled to. */
export function UndoNotice(): ReactNode {
  const told = useApp(({ history }) => history.told);
  const { undo, redo, dismissUndo } = useActions();
  const composer = useComposerHeight(told !== null);
  const words = strings.undo;
  return (
    <div className="undo" role="status" style={{ '--composer': `${composer}px` } as CSSProperties}>
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
