import type { ReactNode } from 'react';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { FIELD_ID } from './focus-composer.ts';

const TAGS = [
  '<grounding>',
  '<phrase>',
  '</phrase>',
  '<object>',
  '<patch_index_0000>',
  '</delimiter_of_multi_objects/>',
  '</object>',
];

/** The model's tags, each put where the cursor is. */
export function TagBar(): ReactNode {
  const words = useApp((state) => state.draft.words);
  const { edit } = useActions();

  function insert(tag: string): void {
    const field = document.getElementById(FIELD_ID);
    if (!(field instanceof HTMLTextAreaElement)) return;
    const { selectionStart: from, selectionEnd: to } = field;
    edit({ words: words.slice(0, from) + tag + words.slice(to) });
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(from + tag.length, from + tag.length);
    });
  }

  return (
    <fieldset className="tags" aria-label={strings.composer.tags}>
      {TAGS.map((tag) => (
        <button key={tag} type="button" onClick={() => insert(tag)}>
          {tag === '</delimiter_of_multi_objects/>' ? strings.composer.delimiter : tag}
        </button>
      ))}
    </fieldset>
  );
}
