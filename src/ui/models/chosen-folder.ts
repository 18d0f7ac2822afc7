import type { CheckpointSource } from '../../protocol/importer-messages.ts';

/** Files of a person, and the folder they lie in. */
export type ChosenFiles = Extract<CheckpointSource, { kind: 'files' }>;

/** Files of a picker of folders; those of folders inside are left out, for a model is one folder. */
export function pickedFiles(picked: readonly File[]): ChosenFiles {
  const files = picked.filter(({ webkitRelativePath }) => webkitRelativePath.split('/').length <= 2);
  return { kind: 'files', files, folder: files[0]?.webkitRelativePath.split('/')[0] || undefined };
}
