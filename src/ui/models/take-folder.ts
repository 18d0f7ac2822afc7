import type { App } from '../../state/store.ts';
import { proposeModel } from './model-subject.ts';
import { readDroppedFiles } from './read-dropped-files.ts';

/** Takes a dropped folder: a model is proposed, any other folder is one of pictures. */
export async function takeFolder(actions: App['actions'], entries: readonly FileSystemEntry[]): Promise<void> {
  const chosen = await readDroppedFiles(entries).catch(() => null);
  // What cannot be read is for the dialog to tell.
  if (!chosen || chosen.files.some(({ name }) => name === 'config.json')) proposeModel(actions, chosen ?? undefined);
  else await actions.addImages([...chosen.files]);
}
