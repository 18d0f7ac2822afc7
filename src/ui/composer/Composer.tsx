import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { takesRegions, takesWords } from '../../state/draft.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { entityStyle } from '../common/entity-style.ts';
import * as strings from '../strings.ts';
import { FIELD_ID, focusComposer } from './focus-composer.ts';
import { HintRow } from './HintRow.tsx';
import { ModeExtras } from './ModeExtras.tsx';
import { ModeRow } from './ModeRow.tsx';
import { TagMirror } from './TagMirror.tsx';

/** Where a person asks: a mode, one field, and one button that becomes Stop while the model writes. */
export function Composer(): ReactNode {
  const { mode, words, regions, replaces, spans } = useApp((state) => state.draft);
  const writing = useApp((state) => state.running !== null);
  const actions = useActions();
  const [missing, setMissing] = useState(false);
  /** Sent before the phrases of the text were found: it goes off when they are. */
  const [early, setEarly] = useState(false);
  const labels = strings.modes[mode];
  const shown = takesRegions(mode) ? regions : [];

  function send(): void {
    // What was written while the model answers is not lost: it waits its turn. A second Enter on nothing asks nothing twice.
    const waits = replaces !== null || (takesWords(mode) && words.trim() !== '');
    if (writing && !waits) return;
    if (mode === 'ground' && spans === null && words.trim() !== '') setEarly(true);
    else setMissing(!actions.send());
  }

  useEffect(() => {
    if (!early || (mode === 'ground' && spans === null)) return;
    setEarly(false);
    if (mode === 'ground') setMissing(!actions.send());
  }, [early, mode, spans, actions]);

  function onKeyDown(event: KeyboardEvent): void {
    // Enter that ends the composition of a character belongs to the input method (229 where a browser says so late).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && (writing || replaces !== null)) {
      event.stopPropagation();
      if (replaces !== null) actions.endEditing();
      else actions.stop();
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
          {mode === 'expert' && <TagMirror words={words} />}
          <textarea
            id={FIELD_ID}
            rows={1}
            dir={mode === 'expert' ? undefined : 'auto'}
            value={takesWords(mode) ? words : ''}
            readOnly={!takesWords(mode)}
            placeholder={labels.placeholder}
            aria-label={labels.word}
            autoComplete="off"
            enterKeyHint="send"
            onChange={({ target }) => {
              setMissing(false);
              setEarly(false);
              actions.edit({ words: target.value });
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <button
          type="submit"
          className={writing ? 'button send' : 'button primary send'}
          onClick={(event) => {
            // The second click of a double one would stop what the first has asked.
            if (event.detail === 2) event.preventDefault();
          }}
        >
          {writing ? strings.composer.stop : labels.send}
        </button>
      </div>
      <ModeExtras />
      <HintRow missing={missing ? labels.missing : ''} />
    </form>
  );
}
