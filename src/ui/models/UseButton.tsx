import type { ReactNode } from 'react';
import * as strings from '../all-strings.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { use } from './offer-model.ts';

/** Opens a stored model, or with null the one of the page; says so where it is open. */
export function UseButton({ address }: { readonly address: string | null }): ReactNode {
  const actions = useActions();
  const runs = useApp(({ using, engine }) => using === address && engine.phase === 'ready');
  const words = strings.models;
  return (
    <button
      type="button"
      className="button primary"
      disabled={runs}
      onClick={() => {
        actions.closeDialog();
        void use(actions, address);
      }}
    >
      {runs ? words.inUse : words.use}
    </button>
  );
}
