import { type ReactNode, useState } from 'react';
import * as strings from '../all-strings.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { entityStyle } from '../common/entity-style.ts';
import type { Annotation } from '../export/annotations.ts';
import { sourcesOf } from '../export/annotations.ts';

/** The phrases and boxes that go into the files, to be put right before. */
export function Corrections({ found }: { found: readonly Annotation[] }): ReactNode {
  const told = useApp(({ history }) => history.told);
  const { undo, redo, deleteBox } = useActions();
  const words = strings.corrections;
  const rows = found.flatMap(({ turn, annotated }) => sourcesOf(annotated, turn).map((entity) => ({ turn, entity })));
  if (rows.length === 0) return null;
  return (
    <details className="corrections">
      <summary>{words.title}</summary>
      <ul>
        {rows.map(({ turn, entity: { index, phrase, boxes } }) => (
          <li key={`${turn.id}/${index}`} style={entityStyle(turn.numbers[index] ?? 0)}>
            <span className="phrase">{turn.numbers[index]}</span>
            <PhraseField key={phrase} turn={turn.id} entity={index} phrase={phrase ?? ''} />
            {turn.edited.includes(index) && <span className="help">{words.edited}</span>}
            {boxes.map(({ upperLeft, lowerRight }, place) => (
              <button
                key={`${upperLeft} ${lowerRight}`}
                type="button"
                className="link"
                onClick={() => deleteBox(turn.id, index, place)}
              >
                {words.deleteBox(boxes.length === 1 ? 0 : place + 1)}
              </button>
            ))}
          </li>
        ))}
      </ul>
      {told && (
        <button type="button" className="link strong" onClick={told.undone ? redo : undo}>
          {told.undone ? strings.undo.redo : strings.undo.undo}
        </button>
      )}
    </details>
  );
}

/** Words that are taken when they are finished. */
function PhraseField({ turn, entity, phrase }: { turn: string; entity: number; phrase: string }): ReactNode {
  const { rename } = useActions();
  const [typed, setTyped] = useState(phrase);
  return (
    <input
      type="text"
      aria-label={strings.corrections.phrase}
      maxLength={200}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={() => rename(turn, entity, typed)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) rename(turn, entity, typed);
      }}
    />
  );
}
