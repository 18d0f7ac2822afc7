import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { imageOf } from '../../state/app-state.ts';
import type { Region } from '../../state/turn.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { entityStyle } from '../common/entity-style.ts';
import { focusComposer } from '../composer/focus-composer.ts';
import * as strings from '../strings.ts';
import { placeBeside } from './place-beside.ts';
import { onStage, type Rect } from './rect.ts';
import type { StageBox } from './stage-boxes.ts';
import type { StageLayout } from './use-stage-layout.ts';

/** What can be asked about the selected box, beside it. */
export function BoxActions({ boxes, layout }: { boxes: readonly StageBox[]; layout: StageLayout }): ReactNode {
  const actions = useActions();
  const selected = useApp((state) => state.selected);
  const mark = useApp((state) =>
    imageOf(state).boxes.find(
      ({ turn, entity, index }) =>
        selected !== null && turn === selected.turn && entity === selected.entity && index === selected.index,
    ),
  );
  const panel = useRef<HTMLElement>(null);
  const [size, setSize] = useState({ width: 190, height: 84 });

  useLayoutEffect(() => {
    if (mark && panel.current) setSize({ width: panel.current.offsetWidth, height: panel.current.offsetHeight });
  }, [mark]);

  useEffect(() => {
    // A box reached by keyboard hands the focus on to its actions, and gets it back from them.
    const box = document.activeElement;
    if (!mark || !(box instanceof HTMLElement) || !box.closest('.box-list')) return;
    panel.current?.querySelector('button')?.focus();
    return () => {
      if (document.activeElement === document.body) box.focus();
    };
  }, [mark]);

  if (!mark) return null;
  const region: Region = { number: mark.number, patches: mark.patches, box: mark.box };
  const choices = [
    { key: 'w', words: strings.boxActions.whatIsThis, run: () => actions.ask({ mode: 'refer', region }) },
    {
      key: 'a',
      words: strings.boxActions.askAbout,
      run: () => {
        actions.select(null);
        actions.edit({ mode: 'ask', region });
        focusComposer();
      },
    },
  ];
  const others = boxes.filter((box) => box.mark !== mark).map((box) => onStage(box.mark.box, layout.picture));
  const place: Rect = placeBeside(onStage(mark.box, layout.picture), size, others, layout.stage);
  return (
    <section
      ref={panel}
      className="box-actions"
      aria-label={strings.boxActions.label}
      style={{ ...entityStyle(mark.number), '--x': `${place.x}px`, '--y': `${place.y}px` } as CSSProperties}
    >
      <Shortcuts choices={choices} />
      {choices.map(({ key, words, run }) => (
        <button key={key} type="button" aria-label={words} aria-keyshortcuts={key} onClick={run}>
          {words} <kbd>{key.toUpperCase()}</kbd>
        </button>
      ))}
    </section>
  );
}

/** One letter runs a choice while the actions are open and nothing is being written. */
function Shortcuts({ choices }: { choices: readonly { key: string; run: () => void }[] }): ReactNode {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const writing = event.target instanceof HTMLElement && event.target.matches('textarea, input');
      if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
      const choice = choices.find(({ key }) => key === event.key.toLowerCase());
      if (!choice) return;
      event.preventDefault();
      choice.run();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [choices]);
  return null;
}
