import { AppError, toAppError } from '../../protocol/errors.ts';
import type { App } from '../../state/store.ts';
import { proposeModel } from './model-subject.ts';
import { readDroppedFiles } from './read-dropped-files.ts';

/** Takes a dropped folder: a model is proposed, of any other folder its pictures are opened. */
export async function takeFolder(actions: App['actions'], entries: readonly FileSystemEntry[]): Promise<void> {
  try {
    const chosen = await readDroppedFiles(entries);
    if (chosen.files.some(({ name }) => name === 'config.json')) return proposeModel(actions, chosen);
    // Systems leave files of their own in folders, and people notes beside their pictures.
    const pictures = chosen.files.filter(({ type }) => type.startsWith('image/'));
    if (pictures.length === 0) throw nothingIn(chosen.folder ?? '');
    await actions.addImages(pictures);
  } catch (thrown) {
    actions.tell(toAppError(thrown));
  }
}

function nothingIn(folder: string): AppError {
  const message = `“${folder}” holds neither a model (config.json) nor a picture. Folders inside it are not looked into: drop the one that has the files.`;
  return new AppError('FOLDER_INVALID', message, { folder });
}
