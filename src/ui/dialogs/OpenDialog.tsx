import type { ReactNode } from 'react';
import { useActions } from '../common/app-context.ts';

/** A button that opens a dialog which needs nothing else to be known. */
export function OpenDialog({ kind, children }: { kind: 'models' | 'diagnostics'; children: ReactNode }): ReactNode {
  const { openDialog } = useActions();
  return (
    <button type="button" className="button" onClick={() => openDialog({ kind })}>
      {children}
    </button>
  );
}
