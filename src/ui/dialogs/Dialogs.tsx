import { lazy, type ReactNode, Suspense } from 'react';
import { useApp } from '../common/app-context.ts';

// None of them is needed for the first answer, so none is in the first download.
const Export = lazy(() => import('./Export.tsx'));
const Shortcuts = lazy(() => import('./Shortcuts.tsx'));
const XRay = lazy(() => import('./XRay.tsx'));
const Options = lazy(() => import('./Options.tsx'));
const Maker = lazy(() => import('../maker/Maker.tsx'));
const Diagnostics = lazy(() => import('../diagnostics/Diagnostics.tsx'));
const GetKosmos2 = lazy(() => import('../models/GetKosmos2.tsx'));
const StoredModels = lazy(() => import('../models/StoredModels.tsx'));

/** What is open over the page. */
export function Dialogs(): ReactNode {
  const dialog = useApp((state) => state.dialog);
  return (
    <Suspense>
      {dialog?.kind === 'options' && <Options />}
      {dialog?.kind === 'shortcuts' && <Shortcuts />}
      {dialog?.kind === 'xray' && <XRay turn={dialog.turn} />}
      {dialog?.kind === 'export' && <Export turn={dialog.turn} />}
      {dialog?.kind === 'maker' && <Maker />}
      {dialog?.kind === 'diagnostics' && <Diagnostics />}
      {dialog?.kind === 'get' && <GetKosmos2 />}
      {dialog?.kind === 'models' && <StoredModels />}
    </Suspense>
  );
}
