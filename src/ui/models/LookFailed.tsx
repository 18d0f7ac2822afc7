import { type FormEvent, type ReactNode, useState } from 'react';
import type { AppError } from '../../protocol/errors.ts';
import type { InspectionSource } from '../../protocol/inspection.ts';
import * as strings from '../all-strings.ts';
import { useActions } from '../common/app-context.ts';
import { proposeModel } from './model-subject.ts';
import { TokenField } from './TokenField.tsx';

interface Props {
  readonly source: InspectionSource;
  readonly error: AppError;
  readonly onAgain: () => void;
}

/** Why a model could not be looked at, and the way to try it again: with another access token where that may change it. */
export function LookFailed({ source, error, onAgain }: Props): ReactNode {
  const actions = useActions();
  const hub = source.kind === 'hub' && (error.code === 'CHECKPOINT_DENIED' || source.token) ? source : null;
  const [token, setToken] = useState(hub?.token ?? '');

  function again(event: FormEvent): void {
    event.preventDefault();
    if (hub) proposeModel(actions, { ...hub, token: token.trim() || undefined });
    else onAgain();
  }

  return (
    <form className="source-form" onSubmit={again}>
      <p role="alert">{strings.errors.sentence(error)}</p>
      {hub && <TokenField token={token} onToken={setToken} />}
      <button type="submit" className="button">
        {strings.getKosmos2.again}
      </button>
    </form>
  );
}
