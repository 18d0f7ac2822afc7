import type { ReactNode } from 'react';
import * as strings from '../strings.ts';
import { LoadAgainButton } from './LoadAgainButton.tsx';

/** Loads the page again as it is. */
export function ReloadButton({ className = 'button' }: { readonly className?: string }): ReactNode {
  const { reload, ask, notNow } = strings.pageFailed;
  return (
    <LoadAgainButton className={className} words={{ ask, yes: reload, no: notNow }} load={() => location.reload()}>
      {reload}
    </LoadAgainButton>
  );
}
