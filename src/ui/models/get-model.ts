import type { TransferOptions } from '../../protocol/importer-client.ts';
import type { ImportSettings, StoredPackage } from '../../protocol/importer-messages.ts';
import { modelName } from '../../protocol/model-name.ts';
import * as strings from '../strings.ts';
import { importer } from './importer.ts';

/** How a checkpoint is read and packed, where it is not as usual. */
export interface ImportChoice {
  /** Name under which it is stored. */
  readonly name?: string | undefined;
  readonly scheme?: ImportSettings['scheme'] | undefined;
  /** Address of a mirror of the hub. */
  readonly endpoint?: string | undefined;
  readonly token?: string | undefined;
}

/**
 * Stores the model that a person named or chose: a repository of the hub (`hf:owner/name`) is imported, the address of
 * a folder is a ready model, and files are one or the other.
 * @throws AppError
 */
export function getModel(
  from: string | readonly File[],
  options: TransferOptions,
  choice: ImportChoice = {},
): Promise<StoredPackage> {
  const { name = nameOf(from), scheme = 'q4', endpoint, token } = choice;
  const settings = (place: string): ImportSettings => {
    return { name, scheme, description: strings.transfer.imported(place), licence: 'MIT' };
  };
  if (typeof from !== 'string') {
    const source = { kind: 'files', files: from } as const;
    if (from.some((file) => file.name === 'manifest.json')) return importer().copyPackage(source, name, options);
    return importer().importCheckpoint(source, settings(folderOf(from)), options);
  }
  if (from.startsWith('hf:')) {
    return importer().importCheckpoint({ kind: 'hub', name: from, endpoint, token }, settings(from.slice(3)), options);
  }
  return importer().copyPackage({ kind: 'site', url: from }, name, options);
}

/** Name under which the model of an address or of files is stored. */
export function nameOf(from: string | readonly File[]): string {
  return modelName(
    typeof from === 'string' ? (from.split('@')[0]?.split('/').filter(Boolean).at(-1) ?? '') : folderOf(from),
  );
}

function folderOf([first]: readonly File[]): string {
  return first?.webkitRelativePath.split('/')[0] || strings.transfer.chosenFiles;
}
