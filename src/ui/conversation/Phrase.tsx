import type { ReactNode } from 'react';
import type { Entity } from '../../kosmos2/grounded-text.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { entityStyle } from '../common/entity-style.ts';
import * as strings from '../strings.ts';

interface Props {
  readonly turn: string;
  readonly entity: Entity;
  /** Words as they stand in the caption. */
  readonly text: string;
  /** Number on the stage; 0 while there is no box. */
  readonly number: number;
}

/** A phrase that points: a button in the colour of its boxes, lit while one of them is pointed at. */
export function Phrase({ turn, entity, text, number }: Props): ReactNode {
  const { point, select } = useActions();
  const lit = useApp(({ pointed }) => pointed !== null && pointed.number === number);
  const pressed = useApp(({ selected }) => selected?.turn === turn && selected.entity === entity.index);
  if (number === 0) {
    return (
      <span className="phrase pending">
        {text}
        <sup aria-hidden="true">0</sup>
      </span>
    );
  }
  const place = { turn, entity: entity.index, index: null, number };
  return (
    <button
      type="button"
      className="phrase"
      data-entity={number}
      data-lit={lit || undefined}
      aria-pressed={pressed}
      style={entityStyle(number)}
      onPointerEnter={() => point(place)}
      onPointerLeave={() => point(null)}
      onFocus={() => point(place)}
      onBlur={() => point(null)}
      onClick={() => select(pressed ? null : place)}
    >
      {text === '' ? strings.conversation.region(number) : text}
      {text !== '' && <sup>{number}</sup>}
    </button>
  );
}
