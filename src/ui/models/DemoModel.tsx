import type { ReactNode } from 'react';
import * as strings from '../all-strings.ts';
import { useActions } from '../common/app-context.ts';
import { chooseModel, DEMO } from './chosen-model.ts';

/** The model that comes with the page, the way back from any stored one. */
export function DemoModel(): ReactNode {
  const { use, closeDialog } = useActions();
  const words = strings.models;
  return (
    <li>
      <strong>{strings.header.model}</strong>
      <span className="help">{words.demo}</span>
      <span className="buttons">
        <button
          type="button"
          className="button primary"
          onClick={() => {
            chooseModel(DEMO);
            closeDialog();
            void use(null);
          }}
        >
          {words.use}
        </button>
      </span>
    </li>
  );
}
