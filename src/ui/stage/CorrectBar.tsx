import type { ReactNode } from 'react';
import { correctionReversal } from '../../state/correct.ts';
import { correctedTurn } from '../../state/correcting.ts';
import * as strings from '../all-strings.ts';
import { useActions, useApp } from '../common/app-context.ts';

/** What is going on while an answer is corrected, the way back, and the way out. */
export default function CorrectBar(): ReactNode {
  const turn = useApp(correctedTurn);
  const canUndo = useApp(({ history }) => history.done.length > 0);
  const canRedo = useApp(({ history }) => history.undone.length > 0);
  const { undo, redo, correct, startCorrecting } = useActions();
  if (!turn) return null;
  const words = strings.correcting;
  return (
    <section className="correct-bar" data-apart aria-label={words.label}>
      <p>{words.help}</p>
      <button type="button" className="link" aria-disabled={!canUndo} onClick={undo}>
        {strings.undo.undo}
      </button>
      <button type="button" className="link" aria-disabled={!canRedo} onClick={redo}>
        {strings.undo.redo}
      </button>
      <button
        type="button"
        className="link"
        aria-disabled={turn.original === null}
        onClick={() => correct((state) => correctionReversal(state, turn.id))}
      >
        {words.revert}
      </button>
      <button type="button" className="button primary" onClick={() => startCorrecting(null)}>
        {words.done}
      </button>
    </section>
  );
}
