import type { ReactNode } from 'react';
import type { AppError } from '../../protocol/errors.ts';
import { useActions } from '../common/app-context.ts';
import { ReloadButton } from '../common/ReloadButton.tsx';
import * as strings from '../strings.ts';

/** What the sentence of a failure says to do next, as a button, where the page can do it. */
export function NextStep({ error }: { readonly error: AppError }): ReactNode {
  const { openDialog } = useActions();
  const { open } = strings.dialog;
  switch (stepAfter(error)) {
    case 'reload':
      return <ReloadButton className="link strong" />;
    case 'models':
      return <Step words={open.models} onPress={() => openDialog({ kind: 'models' })} />;
    case 'export':
      return <Step words={open.export} onPress={() => openDialog({ kind: 'export', turn: null })} />;
    default:
      return null;
  }
}

function Step({ words, onPress }: { readonly words: string; readonly onPress: () => void }): ReactNode {
  return (
    <button type="button" className="link strong" onClick={onPress}>
      {words}
    </button>
  );
}

function stepAfter({ code, details }: AppError): 'reload' | 'models' | 'export' | null {
  switch (code) {
    case 'PART_FETCH_FAILED':
    case 'CANVAS_DENIED':
      return 'reload';
    // A stored model that is gone.
    case 'PACKAGE_FILE_MISSING':
      return 'models';
    // One that ended the page; a picture that is too much is another's.
    case 'OUT_OF_MEMORY':
      return 'model' in details ? 'models' : null;
    // Pictures and answers that are not kept; of models that is told where these are got.
    case 'STORAGE_FULL':
    case 'STORAGE_FAILED':
      return 'export';
    default:
      return null;
  }
}
