import type { ReactNode } from 'react';
import { type AppState, imageOf } from '../../state/app-state.ts';
import { batchProgress } from '../../state/ask-all.ts';
import { presetOf } from '../../state/settings.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { useMedia } from '../common/use-media.ts';
import * as strings from '../strings.ts';

/** One line of help below the field, the one that matters now, and the way to the options. */
export function HintRow({ missing }: { missing: string }): ReactNode {
  const hint = useApp(hintOf);
  const editing = useApp((state) => state.draft.replaces !== null);
  const keys = useMedia('(pointer: fine)');
  const { endEditing, openDialog } = useActions();
  return (
    <div className="hint-row">
      <Batch>
        <p className="hint" aria-live="polite">
          {missing || hint || (keys ? strings.composer.keysHint : '')}
        </p>
      </Batch>
      {editing && (
        <button type="button" className="link strong" onClick={endEditing}>
          {strings.composer.endEditing}
        </button>
      )}
      <button type="button" className="link" onClick={() => openDialog({ kind: 'options' })}>
        <OptionsWords />
      </button>
    </div>
  );
}

/** How far a prompt asked of all pictures is, in place of the hint. */
function Batch({ children }: { children: ReactNode }): ReactNode {
  const done = useApp((state) => batchProgress(state)?.done ?? null);
  const total = useApp((state) => state.batch.length);
  const { stopAll } = useActions();
  if (done === null) return children;
  return (
    <p className="hint">
      <span role="status">{strings.batch.progress(done, total)}</span>{' '}
      <button type="button" className="link strong" onClick={stopAll}>
        {strings.batch.stop}
      </button>
    </p>
  );
}

/** "Options", and what of them is not as usual. */
function OptionsWords(): ReactNode {
  const followUp = useApp((state) => state.draft.followUp);
  const preset = useApp((state) => presetOf(state.settings));
  const words = strings.howAsked;
  const name = strings.dialog.open.options;
  const unusual = [
    ...(followUp ? [words.followUp] : []),
    ...(preset === 'default' ? [] : [preset === null ? words.ownDecoding : words.preset[preset]]),
  ];
  return unusual.length === 0 ? name : `${name}: ${unusual.join(', ')}`;
}

function hintOf(state: AppState): string {
  const { draft, engine } = state;
  const words = strings.composer;
  if (draft.replaces !== null) return words.editing;
  if (draft.mode === 'ask' && draft.regions.length > 0)
    return words.regionHint(draft.regions.map(({ number }) => number));
  if (engine.phase === 'loading') return words.loadingHint;
  return imageOf(state).boxes.length > 0 ? words.hint : '';
}
