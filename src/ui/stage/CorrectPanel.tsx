import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { boxDeletion, renaming } from '../../state/correct.ts';
import { correctedTurn } from '../../state/correcting.ts';
import type { MarkedBox } from '../../state/marks.ts';
import * as strings from '../all-strings.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { Beside } from './Beside.tsx';
import { isChosen } from './stage-boxes.ts';
import type { StageView } from './stage-view.ts';
import type { Placement } from './use-placement.ts';

interface Props {
  readonly placement: Placement;
  readonly view: StageView;
  /** Whether something is being dragged: the panel is out of sight for as long. */
  readonly busy: boolean;
}

/** The words of the box being corrected, or of the one just drawn; nothing while there is neither. */
export default function CorrectPanel({ busy, ...props }: Props): ReactNode {
  const selected = useApp((state) => state.selected);
  const fresh = useApp((state) => state.correcting?.fresh ?? null);
  const turn = useApp(correctedTurn);
  const { select } = useActions();
  const panel = useRef<HTMLElement>(null);
  if (!turn) return null;
  const common = { ...props, panel, label: strings.correcting.label };
  if (fresh) {
    return (
      <Beside {...common} box={fresh} number={1} of={null} onPressOutside={() => {}}>
        <NewWords busy={busy} />
      </Beside>
    );
  }
  const box = props.placement.boxes.find(({ mark }) => isChosen(mark, selected));
  if (!box) return null;
  const { mark } = box;
  return (
    <Beside {...common} box={mark.box} number={mark.number} of={box.key} onPressOutside={() => select(null)}>
      <Words key={`${mark.turn} ${mark.entity}`} mark={mark} />
    </Beside>
  );
}

/** A new box is one once it has words. */
function NewWords({ busy }: { busy: boolean }): ReactNode {
  const typed = useApp((state) => state.correcting?.words ?? '');
  const { nameSketch, takeSketch } = useActions();
  const take = () => {
    if (typed.trim() === '') return;
    // Whose keys change the box that was named.
    field.current?.closest<HTMLElement>('.stage')?.focus();
    takeSketch();
  };
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!busy) field.current?.focus();
  }, [busy]);
  const words = strings.correcting;
  return (
    <>
      <input
        ref={field}
        type="text"
        dir="auto"
        maxLength={LONGEST}
        placeholder={words.newPlaceholder}
        aria-label={words.newWords}
        value={typed}
        onChange={({ target }) => nameSketch(target.value)}
        onKeyDown={onEnter(take)}
      />
      <button type="button" disabled={typed.trim() === ''} data-key={words.enterKey} onClick={take}>
        {words.add}
      </button>
    </>
  );
}

function Words({ mark }: { mark: MarkedBox }): ReactNode {
  const { turn, entity, index, phrase, edited } = mark;
  const [typed, setTyped] = useState(phrase ?? '');
  const [shown, setShown] = useState(phrase);
  // Renamed since, or that taken back.
  if (phrase !== shown) {
    setShown(phrase);
    setTyped(phrase ?? '');
  }
  const { correct } = useActions();
  const take = () => correct((state) => renaming(state, turn, entity, typed));
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // A finger moves the focus once its tap is over: by then another box is selected, and this field gone without a blur.
    const onPress = ({ target }: PointerEvent) => {
      const panel = field.current?.closest('[data-apart]');
      if (!(target instanceof Node && panel?.contains(target))) field.current?.blur();
    };
    addEventListener('pointerdown', onPress, { capture: true });
    return () => removeEventListener('pointerdown', onPress, { capture: true });
  }, []);
  const words = strings.correcting;
  return (
    <>
      <input
        ref={field}
        type="text"
        dir="auto"
        maxLength={LONGEST}
        aria-label={words.words}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={take}
        onKeyDown={onEnter(take)}
      />
      <button
        type="button"
        data-key={strings.boxActions.deleteKey}
        onClick={() => correct((state) => boxDeletion(state, turn, entity, index))}
      >
        {words.delete}
      </button>
      {edited && <p className="help">{words.edited}</p>}
    </>
  );
}

/** Longest phrase; more is no name of a thing. */
const LONGEST = 200;

function onEnter(take: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    take();
  };
}
