import { lazy, type ReactNode, Suspense } from 'react';
import { useApp } from '../common/app-context.ts';

// None of them is needed for the first answer, so none is in the first download.
const Options = lazy(() => import('./Options.tsx'));

/** What is open over the page. */
export function Dialogs(): ReactNode {
  const dialog = useApp((state) => state.dialog);
  return <Suspense>{dialog?.kind === 'options' && <Options />}</Suspense>;
}
