import type { ReactNode } from 'react';
import * as strings from '../all-strings.ts';

/** Where a checkpoint is fetched from, as it was typed. */
export interface Source {
  readonly repository: string;
  readonly endpoint: string;
  readonly token: string;
}

/** Another repository, a mirror of the hub, a token. */
export function OtherSource({ source, onChange }: { source: Source; onChange: (source: Source) => void }): ReactNode {
  const words = strings.getKosmos2;
  return (
    <details className="other-source">
      <summary>{words.more}</summary>
      <label>
        {words.source}
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          value={source.repository}
          onChange={({ target }) => onChange({ ...source, repository: target.value })}
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
          value={source.endpoint}
          onChange={({ target }) => onChange({ ...source, endpoint: target.value })}
        />
      </label>
      <label>
        {words.token}
        <input
          type="password"
          autoComplete="off"
          value={source.token}
          onChange={({ target }) => onChange({ ...source, token: target.value })}
        />
      </label>
      <span className="help">{words.tokenHelp}</span>
    </details>
  );
}
