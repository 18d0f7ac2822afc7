import type { ReactNode } from 'react';
import * as strings from '../all-strings.ts';

interface Props {
  readonly token: string;
  readonly disabled?: boolean;
  readonly onToken: (token: string) => void;
}

/** Where a person gives an access token of the hub. */
export function TokenField({ token, disabled, onToken }: Props): ReactNode {
  const words = strings.getKosmos2;
  return (
    <>
      <label>
        {words.token}
        <input
          type="password"
          autoComplete="off"
          disabled={disabled}
          value={token}
          onChange={({ target }) => onToken(target.value)}
        />
      </label>
      <p className="help">{words.tokenHelp}</p>
    </>
  );
}
