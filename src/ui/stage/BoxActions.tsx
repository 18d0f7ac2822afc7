import { type ReactNode, useEffect, useRef } from 'react';
import type { MarkedBox } from '../../state/marks.ts';
import { regionOf } from '../../state/regions.ts';
import type { Region } from '../../state/turn.ts';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { Beside } from './Beside.tsx';
import { Certainty } from './Certainty.tsx';
import type { Corner } from './corner-locations.ts';
import { isChosen } from './stage-boxes.ts';
import type { StageView } from './stage-view.ts';
import { type Choice, useBoxChoices } from './use-box-choices.ts';
import type { Placement } from './use-placement.ts';

interface Props {
  readonly placement: Placement;
  readonly view: StageView;
  /** The corner whose heat map is shown. */
  readonly heat: Corner | null;
  readonly onHeat: (corner: Corner | null) => void;
}

/** What can be asked about the selected box or region; nothing while none is. */
export default function BoxActions(props: Props): ReactNode {
  const { placement } = props;
  const selected = useApp((state) => state.selected);
  const picked = useApp((state) => state.picked);
  const box = placement.boxes.find(({ mark }) => isChosen(mark, selected));
  if (box) {
    const { key, mark, label, phrase } = box;
    return <ActionsOf key={key} place={key} name={label} region={regionOf(mark)} {...{ mark, phrase, ...props }} />;
  }
  const drawn = placement.regions.find(({ region }) => region.number === picked);
  if (!drawn) return null;
  const { key, region } = drawn;
  const name = strings.composer.region(region.number);
  return <ActionsOf key={key} place={key} mark={null} phrase={null} {...{ name, region, ...props }} />;
}

interface ActionsProps extends Props {
  /** Key of the box or region in the placement. */
  readonly place: string;
  readonly name: string;
  readonly region: Region;
  /** Null for a region of the question. */
  readonly mark: MarkedBox | null;
  readonly phrase: string | null;
}

function ActionsOf({ place, name, region, mark, phrase, placement, view, heat, onHeat }: ActionsProps): ReactNode {
  const actions = useActions();
  const panel = useRef<HTMLElement>(null);
  const origin = useRef(document.activeElement);
  useEffect(() => takeFocus(panel.current, origin.current), []);
  const choices = useBoxChoices(region, phrase, mark);
  useShortcuts(choices);
  const { box, number } = region;
  return (
    <Beside
      {...{ panel, box, number, placement, view }}
      of={place}
      label={strings.boxActions.label}
      onPressOutside={() => actions.select(null)}
    >
      <h2>{name}</h2>
      {choices.map(({ key, words, run }) => (
        <button
          key={key}
          type="button"
          aria-keyshortcuts={key}
          data-key={key.length === 1 ? key.toUpperCase() : strings.boxActions.deleteKey}
          onClick={run}
        >
          {words}
        </button>
      ))}
      {mark && <Certainty mark={mark} heat={heat} onHeat={onHeat} />}
    </Beside>
  );
}

/** A box reached by keyboard hands the focus on to its actions, and gets it back when they close. */
function takeFocus(panel: HTMLElement | null, box: Element | null): (() => void) | undefined {
  if (!(box instanceof HTMLElement) || !box.closest('.box-list, .regions')) return;
  panel?.querySelector('button')?.focus();
  return () => {
    if (document.activeElement === document.body) box.focus();
  };
}

/** One letter runs a choice while the stage, which holds the choices too, or nothing has the focus. */
function useShortcuts(choices: readonly Choice[]): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isHere(event.target) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const choice = choices.find(({ key }) => key.toLowerCase() === event.key.toLowerCase());
      if (!choice) return;
      event.preventDefault();
      choice.run();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  });
}

function isHere(focus: EventTarget | null): boolean {
  if (!(focus instanceof Element) || focus.matches('input')) return false;
  return focus === document.body || focus.closest('.stage') !== null;
}
