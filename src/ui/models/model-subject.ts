import { createStore } from 'zustand/vanilla';
import type { InspectionSource } from '../../protocol/inspection.ts';
import type { App } from '../../state/store.ts';
import { forgetTransfer, transferStore } from './transfer-store.ts';

/** The model that the dialog for getting one is about. */
export interface ModelSubject {
  readonly source: InspectionSource;
  /** A link on another site named it: nobody is asked about it before the person says so. */
  readonly fromLink: boolean;
}

const OFFICIAL: ModelSubject = { source: { kind: 'official' }, fromLink: false };

export const subjectStore = createStore<ModelSubject>()(() => OFFICIAL);

/** Opens the dialog with a model in it; nothing of it is fetched before the person says so. */
export function proposeModel(
  { openDialog }: App['actions'],
  source: InspectionSource = OFFICIAL.source,
  fromLink = false,
): void {
  const same = isSame(source);
  if (transferStore.getState().phase === 'running') transferStore.setState({ refused: same ? null : source });
  else {
    // What has come of another model stays stored, and is gone on with when that is named again.
    if (!same) forgetTransfer();
    subjectStore.setState({ source, fromLink }, true);
  }
  openDialog({ kind: 'get' });
}

/** Whether this is the model that the dialog is about already. Files that are chosen are others every time. */
function isSame(source: InspectionSource): boolean {
  return source.kind !== 'files' && JSON.stringify(subjectStore.getState().source) === JSON.stringify(source);
}
