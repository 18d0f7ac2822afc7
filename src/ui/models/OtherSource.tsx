import { type FormEvent, type ReactNode, useState } from 'react';
import * as strings from '../all-strings.ts';
import { useActions } from '../common/app-context.ts';
import { proposeModel } from './model-subject.ts';
import { namedSource } from './named-source.ts';
import { TokenField } from './TokenField.tsx';

/** Another repository or address, a mirror of the hub, a token; looked at when the person says so. */
export function OtherSource(): ReactNode {
  const actions = useActions();
  const [address, setAddress] = useState('');
  const [endpoint, setEndpoint] = useState('');
  const [token, setToken] = useState('');
  const words = strings.getKosmos2;
  const hub = namedSource(address).kind === 'hub';

  function look(event: FormEvent): void {
    event.preventDefault();
    const source = namedSource(address);
    proposeModel(
      actions,
      source.kind === 'hub'
        ? { ...source, endpoint: endpoint.trim() || undefined, token: token.trim() || undefined }
        : source,
    );
  }

  return (
    <details className="other-source">
      <summary>{words.more}</summary>
      <form className="source-form" onSubmit={look}>
        <label>
          {words.source}
          <input
            type="text"
            autoComplete="off"
            spellCheck={false}
            placeholder={strings.models.addressExample}
            value={address}
            onChange={({ target }) => setAddress(target.value)}
          />
        </label>
        <label>
          {words.endpoint}
          <input
            type="text"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            placeholder={words.endpointExample}
            disabled={!hub}
            value={endpoint}
            onChange={({ target }) => setEndpoint(target.value)}
          />
        </label>
        <TokenField token={token} disabled={!hub} onToken={setToken} />
        <button type="submit" className="button" disabled={!address.trim()}>
          {words.look}
        </button>
      </form>
    </details>
  );
}
