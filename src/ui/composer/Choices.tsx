import type { ReactNode } from 'react';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';

/** The answers to choose from. */
export function Choices(): ReactNode {
  const choices = useApp((state) => state.draft.choices);
  const { edit } = useActions();
  const words = strings.composer;
  return (
    <textarea
      className="extra-field"
      rows={3}
      dir="auto"
      value={choices}
      placeholder={words.choices}
      aria-label={words.choicesLabel}
      onChange={({ target }) => edit({ choices: target.value })}
    />
  );
}
