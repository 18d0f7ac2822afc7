import type { ReactNode } from 'react';
import { LoadAgainButton } from '../common/LoadAgainButton.tsx';
import * as strings from '../strings.ts';
import { applyUpdate } from './start-service.ts';

interface Props {
  readonly update: ServiceWorker;
  readonly otherWindows: number;
}

/** Starts the newer version. */
export function UpdateButton({ update, otherWindows }: Props): ReactNode {
  const words = strings.offline;
  return (
    <LoadAgainButton
      className="chip update"
      title={words.updateLabel}
      words={{ ask: words.ask, yes: words.start, no: words.notNow }}
      load={() => void applyUpdate(update)}
    >
      {otherWindows > 0 ? words.otherWindows(otherWindows) : words.update}
    </LoadAgainButton>
  );
}
