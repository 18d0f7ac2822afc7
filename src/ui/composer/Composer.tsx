import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { EMPTY_DRAFT, imageOf } from '../../state/app-state.ts';
import { takesRegions, takesWords } from '../../state/draft.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { entityStyle } from '../common/entity-style.ts';
import { useMedia } from '../common/use-media.ts';
import * as strings from '../strings.ts';
import { FIELD_ID, focusComposer } from './focus-composer.ts';
import { ModeRow } from './ModeRow.tsx';

/** Where a person asks: a mode, one field, and one button that becomes Stop while the model writes. */
export function Composer(): ReactNode {
  const { mode, words, regions, replaces } = useApp((state) => state.draft);
  const writing = useApp((state) => state.running !== null);
  const actions = useActions();
  const [missing, setMissing] = useState(false);
  const labels = strings.modes[mode];
  const shown = takesRegions(mode) ? regions : [];

  function send(): void {
    if (!writing) setMissing(!actions.send());
  }

  function onKeyDown(event: KeyboardEvent): void {
    // Enter that ends the composition of a character belongs to the input method (229 where a browser says so late).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && writing) {
      event.stopPropagation();
      actions.stop();
    } else if (event.key === 'Escape' && replaces !== null) {
      event.stopPropagation();
      actions.edit(EMPTY_DRAFT);
    } else if (event.key === 'ArrowUp' && words === '') {
      event.preventDefault();
      actions.recall();
    }
  }

  return (
    <form
      className="composer"
      aria-label={strings.composer.label}
      onSubmit={(event) => {
        event.preventDefault();
        if (writing) actions.stop();
        else send();
      }}
    >
      <ModeRow />
      <div className="field">
        {shown.map(({ number }) => (
          <span key={number} className="region" style={entityStyle(number)}>
            {strings.composer.region(number)}
            <button
              type="button"
              aria-label={strings.composer.removeRegion(number)}
              onClick={() => {
                actions.removeRegion(number);
                focusComposer();
              }}
            >
              ×
            </button>
          </span>
        ))}
        <div className="grow" data-words={words === '' ? labels.placeholder : words}>
          <textarea
            id={FIELD_ID}
            rows={1}
            value={takesWords(mode) ? words : ''}
            readOnly={!takesWords(mode)}
            placeholder={labels.placeholder}
            aria-label={labels.word}
            autoComplete="off"
            enterKeyHint="send"
            onChange={({ target }) => {
              setMissing(false);
              actions.edit({ words: target.value });
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <button type="submit" className={writing ? 'button send' : 'button primary send'}>
          {writing ? strings.composer.stop : labels.send}
        </button>
      </div>
      <Hint missing={missing ? labels.missing : ''} regions={mode === 'ask' ? shown.length : 0} />
    </form>
  );
}

/** One line of help below the field, the one that matters now. */
function Hint({ missing, regions }: { missing: string; regions: number }): ReactNode {
  const loading = useApp((state) => state.engine.phase === 'loading');
  const boxes = useApp((state) => imageOf(state).boxes.length > 0);
  const editing = useApp((state) => state.draft.replaces !== null);
  const { loadingHint, regionHint, hint, keysHint } = strings.composer;
  const keys = useMedia('(pointer: fine)');
  const words =
    missing ||
    (editing && strings.composer.editing) ||
    (regions > 0 ? regionHint(regions) : loading ? loadingHint : boxes ? hint : keys ? keysHint : '');
  return (
    <p className="hint" aria-live="polite">
      {words}
    </p>
  );
}
