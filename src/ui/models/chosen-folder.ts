import type { CheckpointSource } from '../../protocol/importer-messages.ts';

/** Files of a person, and the folder they lie in. */
export type ChosenFiles = Extract<CheckpointSource, { kind: 'files' }>;

/** Files of a picker; one of folders tells which folder they lie in. */
export function pickedFiles(list: FileList | null): ChosenFiles {
  const files = [...(list ?? [])];
  return { kind: 'files', files, folder: files[0]?.webkitRelativePath.split('/')[0] || undefined };
}
