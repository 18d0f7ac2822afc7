import type { TransferOptions } from '../../protocol/importer-client.ts';
import type { ImportSettings, StoredPackage } from '../../protocol/importer-messages.ts';
import { modelName } from '../../protocol/model-name.ts';
import * as strings from '../strings.ts';
import { importer } from './importer.ts';

/**
 * Stores the model that a person named or chose: a repository of the hub (`hf:owner/name`) is imported, the address of
 * a folder is a ready model, and files are one or the other.
 * @throws AppError
 */
export function getModel(from: string | readonly File[], options: TransferOptions): Promise<StoredPackage> {
  if (typeof from !== 'string') {
    const [first] = from;
    const folder = first?.webkitRelativePath.split('/')[0] || strings.models.chosenFiles;
    const name = modelName(folder);
    const source = { kind: 'files', files: from } as const;
    if (from.some((file) => file.name === 'manifest.json')) return importer().copyPackage(source, name, options);
    return importer().importCheckpoint(source, settingsFor(name, folder), options);
  }
  const name = modelName(from.split('@')[0]?.split('/').filter(Boolean).at(-1) ?? '');
  if (from.startsWith('hf:')) {
    return importer().importCheckpoint({ kind: 'hub', name: from }, settingsFor(name, from.slice(3)), options);
  }
  return importer().copyPackage({ kind: 'site', url: from }, name, options);
}

function settingsFor(name: string, from: string): ImportSettings {
  return { name, scheme: 'q4', description: strings.models.imported(from), licence: 'MIT' };
}
