import { type ReactNode, useEffect } from 'react';
import { codePoints } from '../../kosmos2/caption.ts';
import type { TextSpan } from '../../kosmos2/task-prompts.ts';
import { nounPhrases } from '../../nlp/noun-phrases.ts';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { FIELD_ID, focusComposer } from './focus-composer.ts';

/** After the last key, in milliseconds: phrases are looked for when the writing rests. */
const REST = 250;

/** The phrases of the text that get boxes: proposed as it is written, corrected by hand. */
export default function Phrases(): ReactNode {
  const text = useApp((state) => state.draft.words);
  const spans = useApp((state) => state.draft.spans);
  const { edit } = useActions();

  useEffect(() => {
    if (spans !== null || text.trim() === '') return;
    const timer = setTimeout(() => edit({ spans: proposed(text) }), REST);
    return () => clearTimeout(timer);
  }, [text, spans, edit]);

  function mark(): void {
    const field = document.getElementById(FIELD_ID);
    if (!(field instanceof HTMLTextAreaElement)) return;
    const span = selectedSpan(field);
    if (span) edit({ spans: withSpan(spans ?? [], span) });
    focusComposer();
  }

  const words = strings.composer;
  const points = Array.from(text);
  return (
    <div className="phrases">
      <ul aria-label={words.phrases}>
        {(spans ?? []).map((span) => {
          const phrase = points.slice(span.start, span.end).join('');
          return (
            <li key={span.start} className="marked">
              {phrase}
              <button
                type="button"
                aria-label={words.removePhrase(phrase)}
                onClick={() => edit({ spans: (spans ?? []).filter((other) => other !== span) })}
              >
                ×
              </button>
            </li>
          );
        })}
      </ul>
      <p className="help">
        {spans?.length === 0 ? words.noPhrases : words.phrasesHelp}{' '}
        {/* A press must not take the selection away from the field. */}
        <button type="button" className="link strong" onPointerDown={(event) => event.preventDefault()} onClick={mark}>
          {words.markPhrase}
        </button>
      </p>
    </div>
  );
}

/** What the library finds; a text it cannot take has none, and the engine then says why when it is asked. */
function proposed(text: string): readonly TextSpan[] {
  try {
    return nounPhrases(text).map(({ start, end }) => ({ start, end }));
  } catch {
    return [];
  }
}

/** The selected words in code points, without the spaces around them; null where there are none. */
function selectedSpan({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): TextSpan | null {
  const selected = value.slice(selectionStart, selectionEnd);
  const words = selected.trim();
  if (words === '') return null;
  const lead = selected.length - selected.trimStart().length;
  const start = codePoints(value.slice(0, selectionStart + lead));
  return { start, end: start + codePoints(words) };
}

/** Phrases never overlap: a new one takes the place of those it touches. */
function withSpan(spans: readonly TextSpan[], span: TextSpan): readonly TextSpan[] {
  const apart = spans.filter(({ start, end }) => end <= span.start || start >= span.end);
  return [...apart, span].toSorted((a, b) => a.start - b.start);
}
