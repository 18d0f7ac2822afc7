import type { ReactNode } from 'react';
import { useApp } from '../common/app-context.ts';
import { late } from '../common/late.tsx';

// None of them is needed for the first answer, so none is in the first download.
const Export = late(() => import('./Export.tsx'));
const Shortcuts = late(() => import('./Shortcuts.tsx'));
const XRay = late(() => import('./XRay.tsx'));
const Options = late(() => import('./Options.tsx'));
const Maker = late(() => import('../maker/Maker.tsx'));
const Diagnostics = late(() => import('../diagnostics/Diagnostics.tsx'));
const GetKosmos2 = late(() => import('../models/GetKosmos2.tsx'));
const StoredModels = late(() => import('../models/StoredModels.tsx'));

/** What is open over the page. */
export function Dialogs(): ReactNode {
  const dialog = useApp((state) => state.dialog);
  return (
    <>
      {dialog?.kind === 'options' && <Options />}
      {dialog?.kind === 'shortcuts' && <Shortcuts />}
      {dialog?.kind === 'xray' && <XRay turn={dialog.turn} />}
      {dialog?.kind === 'export' && <Export turn={dialog.turn} />}
      {dialog?.kind === 'maker' && <Maker />}
      {dialog?.kind === 'diagnostics' && <Diagnostics />}
      {dialog?.kind === 'get' && <GetKosmos2 />}
      {dialog?.kind === 'models' && <StoredModels />}
    </>
  );
}
