import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { MarkedBox } from '../../state/marks.ts';
import { regionOf } from '../../state/regions.ts';
import type { Region } from '../../state/turn.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { entityStyle } from '../common/entity-style.ts';
import { focusComposer } from '../composer/focus-composer.ts';
import * as strings from '../strings.ts';
import { placeBeside } from './place-beside.ts';
import { onStage, overlap } from './rect.ts';
import { isAt } from './stage-boxes.ts';
import type { StageView } from './stage-view.ts';
import type { Placement } from './use-placement.ts';

interface Props {
  readonly placement: Placement;
  readonly view: StageView;
}

/** What can be asked about the selected box or region; nothing while none is. */
export function BoxActions({ placement, view }: Props): ReactNode {
  const selected = useApp((state) => state.selected);
  const picked = useApp((state) => state.picked);
  const box = placement.boxes.find(({ mark }) => selected !== null && selected.index !== null && isAt(mark, selected));
  const region = placement.regions.find((each) => each.region.number === picked);
  if (box) {
    return (
      <ActionsOf
        key={box.key}
        place={box.key}
        name={box.label}
        region={regionOf(box.mark)}
        mark={box.mark}
        {...{ placement, view }}
      />
    );
  }
  if (!region) return null;
  const name = strings.composer.region(region.region.number);
  return (
    <ActionsOf
      key={region.key}
      place={region.key}
      name={name}
      region={region.region}
      mark={null}
      {...{ placement, view }}
    />
  );
}

interface ActionsProps extends Props {
  /** Key of the box or region in the placement. */
  readonly place: string;
  readonly name: string;
  readonly region: Region;
  /** Null for a region of the question. */
  readonly mark: MarkedBox | null;
}

function ActionsOf({ place, name, region, mark, placement, view }: ActionsProps): ReactNode {
  const actions = useActions();
  const panel = useRef<HTMLElement>(null);
  const origin = useRef(document.activeElement);
  const [corner, setCorner] = useState({ x: 0, y: 0, seen: true });

  // In the top layer no other part of the page covers or clips it; there it is placed in the window.
  useLayoutEffect(() => {
    const element = panel.current;
    const stage = element?.parentElement?.getBoundingClientRect();
    if (!element || !stage) return;
    element.showPopover();
    const own = onStage(region.box, placement.picture);
    const items = [...placement.boxes, ...placement.regions];
    const others = items.flatMap(({ key, rect, tag }) => [...(key === place ? [] : [rect]), ...(tag ? [tag] : [])]);
    const size = { width: element.offsetWidth, height: element.offsetHeight };
    const { x, y } = placeBeside(own, size, others, view.layout.stage);
    setCorner({ x: stage.x + x, y: stage.y + y, seen: overlap(own, view.layout.stage) > 0 });
  }, [place, region, placement, view]);

  useEffect(() => takeFocus(panel.current, origin.current), []);
  usePressOutside(panel, () => actions.select(null));

  const choices: readonly Choice[] = [
    { key: 'w', words: strings.boxActions.whatIsThis, run: () => actions.ask({ mode: 'refer', region }) },
    {
      key: 'a',
      words: strings.boxActions.askAbout,
      run: () => {
        actions.askAbout(region);
        focusComposer();
      },
    },
    ...(mark
      ? []
      : [{ key: 'Delete', words: strings.boxActions.remove, run: () => actions.removeRegion(region.number) }]),
  ];
  useShortcuts(choices);
  return (
    <section
      ref={panel}
      popover="manual"
      className="box-actions"
      data-apart
      data-seen={corner.seen}
      aria-label={strings.boxActions.label}
      style={{ ...entityStyle(region.number), '--x': `${corner.x}px`, '--y': `${corner.y}px` } as CSSProperties}
    >
      <h2>{name}</h2>
      {choices.map(({ key, words, run }) => (
        <button key={key} type="button" aria-keyshortcuts={key} onClick={run}>
          {words}{' '}
          <span aria-hidden="true">
            <kbd>{key.length === 1 ? key.toUpperCase() : strings.boxActions.deleteKey}</kbd>
          </span>
        </button>
      ))}
    </section>
  );
}

interface Choice {
  readonly key: string;
  readonly words: string;
  run(): void;
}

/** A box reached by keyboard hands the focus on to its actions, and gets it back when they close. */
function takeFocus(panel: HTMLElement | null, box: Element | null): (() => void) | undefined {
  if (!(box instanceof HTMLElement) || !box.closest('.box-list, .regions')) return;
  panel?.querySelector('button')?.focus();
  return () => {
    if (document.activeElement === document.body) box.focus();
  };
}

/** Runs `close` on a press that is neither on the panel nor on the picture, which has its own answer to it. */
function usePressOutside(panel: { readonly current: HTMLElement | null }, close: () => void): void {
  useEffect(() => {
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && !panel.current?.parentElement?.contains(target)) close();
    };
    addEventListener('pointerdown', onPress);
    return () => removeEventListener('pointerdown', onPress);
  });
}

/** One letter runs a choice while nothing is being written. */
function useShortcuts(choices: readonly Choice[]): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const writing = event.target instanceof HTMLElement && event.target.matches('textarea:not([readonly])');
      if (writing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const choice = choices.find(({ key }) => key.toLowerCase() === event.key.toLowerCase());
      if (!choice) return;
      event.preventDefault();
      choice.run();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  });
}
