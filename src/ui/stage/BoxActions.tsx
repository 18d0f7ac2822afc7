import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { imageOf, type Place } from '../../state/app-state.ts';
import type { MarkedBox } from '../../state/marks.ts';
import { regionOf } from '../../state/regions.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { entityStyle } from '../common/entity-style.ts';
import { focusComposer } from '../composer/focus-composer.ts';
import * as strings from '../strings.ts';
import { placeBeside } from './place-beside.ts';
import { onStage } from './rect.ts';
import type { StageBox } from './stage-boxes.ts';
import type { StageLayout } from './use-stage-layout.ts';

interface Props {
  readonly boxes: readonly StageBox[];
  readonly layout: StageLayout;
}

/** What can be asked about the selected box; nothing while none is. */
export function BoxActions(props: Props): ReactNode {
  const selected = useApp((state) => state.selected);
  const mark = useApp((state) => imageOf(state).boxes.find((box) => isBoxAt(box, selected)));
  return mark ? <ActionsOf key={mark.key} mark={mark} {...props} /> : null;
}

function isBoxAt(box: MarkedBox, place: Place | null): boolean {
  return place !== null && box.turn === place.turn && box.entity === place.entity && box.index === place.index;
}

function ActionsOf({ mark, boxes, layout }: Props & { mark: MarkedBox }): ReactNode {
  const actions = useActions();
  const panel = useRef<HTMLElement>(null);
  const origin = useRef(document.activeElement);
  const [corner, setCorner] = useState({ x: 0, y: 0 });

  // In the top layer no other part of the page covers or clips it; there it is placed in the window.
  useLayoutEffect(() => {
    const element = panel.current;
    const stage = element?.parentElement?.getBoundingClientRect();
    if (!element || !stage) return;
    element.showPopover();
    const others = boxes.filter((box) => box.mark.key !== mark.key).map((box) => onStage(box.mark.box, layout.picture));
    const size = { width: element.offsetWidth, height: element.offsetHeight };
    const place = placeBeside(onStage(mark.box, layout.picture), size, others, layout.stage);
    setCorner({ x: stage.x + place.x, y: stage.y + place.y });
  }, [mark, boxes, layout]);

  useEffect(() => takeFocus(panel.current, origin.current), []);
  usePressOutside(panel, () => actions.select(null));

  const region = regionOf(mark);
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
  ];
  useShortcuts(choices);
  return (
    <section
      ref={panel}
      popover="manual"
      className="box-actions"
      aria-label={strings.boxActions.label}
      style={{ ...entityStyle(mark.number), '--x': `${corner.x}px`, '--y': `${corner.y}px` } as CSSProperties}
    >
      <h2>{boxes.find((box) => box.mark === mark)?.label ?? mark.number}</h2>
      {choices.map(({ key, words, run }) => (
        <button key={key} type="button" aria-label={words} aria-keyshortcuts={key} onClick={run}>
          {words} <kbd>{key.toUpperCase()}</kbd>
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
  if (!(box instanceof HTMLElement) || !box.closest('.box-list')) return;
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
      if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
      const choice = choices.find(({ key }) => key === event.key.toLowerCase());
      if (!choice) return;
      event.preventDefault();
      choice.run();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  });
}
