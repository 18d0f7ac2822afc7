import type { ReactNode } from 'react';
import * as strings from '../all-strings.ts';
import { UseButton } from './UseButton.tsx';

/** The model that comes with the page, the way back from any stored one. */
export function DemoModel(): ReactNode {
  return (
    <li>
      <strong>{strings.header.model}</strong>
      <span className="help">{strings.models.demo}</span>
      <span className="buttons">
        <UseButton address={null} />
      </span>
    </li>
  );
}
