import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { CheckpointFiles } from '../package/checkpoint-files.ts';
import { AppError } from '../protocol/errors.ts';
import { hubNameOf, isRepository } from '../protocol/hub-name.ts';
import { HUB_ENDPOINT, hubCheckpoint, parseHubName } from '../storage/hub-checkpoint.ts';
import { remoteCheckpoint } from '../storage/remote-checkpoint.ts';
import { UsageError } from './cli.ts';
import { folderCheckpoint } from './folder-files.ts';

/** A checkpoint to import, and what its place says about it. */
export interface CheckpointSource {
  readonly files: CheckpointFiles;
  readonly name: string;
  readonly repository: string;
  readonly revision: string | null;
  readonly licence: string | null;
}

export interface SourceOptions {
  /** Name of the environment variable that holds the hub's access token. */
  readonly tokenEnv?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Opens what `--from` names: a repository of the hub (`hf:`, or the address of its page), a folder on the web, a folder here.
 * @throws UsageError where the options do not belong together; AppError OPTION_INVALID where there is no such folder; what the
 * places throw
 */
export async function checkpointSource(from: string, options: SourceOptions): Promise<CheckpointSource> {
  const { tokenEnv, endpoint, signal } = options;
  const hub = parseHubName(hubNameOf(from) ?? from);
  if (!hub && (tokenEnv !== undefined || endpoint !== undefined)) {
    throw new UsageError('--token-env and --endpoint go with --from hf:owner/name.');
  }
  if (hub) {
    const token = tokenEnv === undefined ? undefined : process.env[tokenEnv]?.trim();
    if (tokenEnv !== undefined && !token) throw new UsageError(`The environment variable ${tokenEnv} holds no token.`);
    const files = await hubCheckpoint(hub, { endpoint: endpoint ?? HUB_ENDPOINT, token, signal });
    const { repository, commit, licence } = files;
    return { files, name: hub.repository.split('/')[1] as string, repository, revision: commit, licence };
  }
  if (/^https?:/.test(from)) {
    const files = remoteCheckpoint(from);
    const name = new URL(files.location).pathname.split('/').filter(Boolean).at(-1) ?? new URL(from).hostname;
    return { files, name, repository: files.location, revision: null, licence: null };
  }
  const folder = resolve(from);
  if (!(await isFolder(folder))) throw noFolder(from);
  const name = basename(folder);
  return { files: folderCheckpoint(folder), name, repository: name, revision: null, licence: null };
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function noFolder(from: string): AppError {
  const hub = isRepository(from) ? `; for the repository of that name on the Hugging Face hub give hf:${from}` : '';
  return new AppError('OPTION_INVALID', `There is no folder --from ${from}. Check the path${hub}.`, { from });
}
