import type { ReactNode } from 'react';
import * as strings from '../all-strings.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { use } from './offer-model.ts';

/** The model that comes with the page, the way back from any stored one. */
export function DemoModel(): ReactNode {
  const actions = useActions();
  const runs = useApp(({ demo, engine }) => demo && engine.phase === 'ready');
  const words = strings.models;
  return (
    <li>
      <strong>{strings.header.model}</strong>
      <span className="help">{words.demo}</span>
      <span className="buttons">
        <button
          type="button"
          className="button primary"
          disabled={runs}
          onClick={() => {
            actions.closeDialog();
            void use(actions, null);
          }}
        >
          {runs ? words.inUse : words.use}
        </button>
      </span>
    </li>
  );
}
