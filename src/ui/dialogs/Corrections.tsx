import { type ReactNode, useState } from 'react';
import { boxDeletion, renaming } from '../../state/correct.ts';
import { isCorrection } from '../../state/history.ts';
import * as strings from '../all-strings.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { entityStyle } from '../common/entity-style.ts';
import type { Annotation } from '../export/annotations.ts';
import { sourcesOf } from '../export/annotations.ts';

/** The phrases and boxes that go into the files, to be put right before. */
export function Corrections({ found }: { found: readonly Annotation[] }): ReactNode {
  const told = useApp(({ history }) => history.told);
  const { undo, redo, correct, startCorrecting } = useActions();
  const words = strings.corrections;
  const rows = found.flatMap(({ turn, annotated }) => sourcesOf(annotated, turn).map((entity) => ({ turn, entity })));
  const last = found.at(-1);
  if (!last) return null;
  return (
    <details className="corrections">
      <summary>{words.title}</summary>
      <ul>
        {rows.map(({ turn, entity: { index, phrase, boxes } }) => (
          <li key={`${turn.id}/${index}`} style={entityStyle(turn.numbers[index] ?? 0)}>
            <span className="phrase">{turn.numbers[index]}</span>
            <PhraseField turn={turn.id} entity={index} phrase={phrase ?? ''} />
            {boxes.some(({ edited }) => edited) && <span className="help">{words.edited}</span>}
            {boxes.map(({ box }, place) => (
              <button
                key={box.join()}
                type="button"
                className="link"
                data-deletes
                onClick={({ currentTarget }) => {
                  focusBeside(currentTarget);
                  correct((state) => boxDeletion(state, turn.id, index, place));
                }}
              >
                {words.deleteBox(boxes.length === 1 ? 0 : place + 1)}
              </button>
            ))}
          </li>
        ))}
      </ul>
      <button type="button" className="link strong" onClick={() => startCorrecting(last.turn.id)}>
        {words.onPicture}
      </button>{' '}
      {told && isCorrection(told.kind) && (
        <button type="button" className="link strong" onClick={told.undone ? redo : undo}>
          {told.undone ? strings.undo.redo : strings.undo.undo}
        </button>
      )}
    </details>
  );
}

/** Hands the focus on from a box that goes: to the next one, the one before, or what opens the list. */
function focusBeside(button: HTMLElement): void {
  const list = button.closest('details');
  const all = [...(list?.querySelectorAll<HTMLElement>('[data-deletes]') ?? [])];
  const at = all.indexOf(button);
  (all[at + 1] ?? all[at - 1] ?? list?.querySelector('summary'))?.focus();
}

/** Words that are taken when they are finished. */
function PhraseField({ turn, entity, phrase }: { turn: string; entity: number; phrase: string }): ReactNode {
  const { correct } = useActions();
  /** Null while nothing is written: the phrase may change by itself, as when it is taken back. */
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    if (typed !== null) correct((state) => renaming(state, turn, entity, typed));
    setTyped(null);
  };
  return (
    <input
      type="text"
      aria-label={strings.corrections.phrase}
      maxLength={200}
      value={typed ?? phrase}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) take();
      }}
    />
  );
}
