import type { TransferOptions } from '../../protocol/importer-client.ts';
import type { ImportSettings, StoredPackage } from '../../protocol/importer-messages.ts';
import { type ModelInspection, OFFICIAL_REPOSITORY } from '../../protocol/inspection.ts';
import * as strings from '../strings.ts';
import { importer } from './importer.ts';

/** A model to be got, as it was found, and what becomes of it. */
export interface Job extends Pick<ModelInspection, 'way' | 'repository'> {
  /** Name under which it is stored. */
  readonly name: string;
  /** How a checkpoint is packed. */
  readonly scheme: ImportSettings['scheme'];
  /** Whether a whole model lay under that name before: that is not deleted with what has come of this one. */
  readonly whole: boolean;
}

/** What is got, for people. */
export function titleOf({ name, repository }: Job): string {
  return repository === OFFICIAL_REPOSITORY ? 'KOSMOS-2' : name;
}

/** The same model, read from the hub with an access token, or with an empty one without. */
export function withToken(job: Job, token: string): Job {
  const { way } = job;
  if (way.kind !== 'import' || way.source.kind !== 'hub') return job;
  return { ...job, way: { ...way, source: { ...way.source, token: token || undefined } } };
}

/** The access token it is read with; empty where there is none. */
export function tokenOf({ way }: Job): string {
  return (way.source.kind === 'hub' && way.source.token) || '';
}

/**
 * Stores a model: a ready one is copied, a checkpoint packed.
 * @throws AppError
 */
export function getModel({ way, name, scheme, repository }: Job, options: TransferOptions): Promise<StoredPackage> {
  if (way.kind === 'copy') return importer().copyPackage(way.source, name, options);
  const description = strings.transfer.imported(repository);
  // What the place says of its licence comes first.
  return importer().importCheckpoint(way.source, { name, scheme, description, licence: 'NOASSERTION' }, options);
}
