import type { CheckpointFiles } from '../package/checkpoint-files.ts';
import type { Manifest } from '../package/manifest.ts';
import { AppError } from '../protocol/errors.ts';
import type { CheckpointSource } from '../protocol/importer-messages.ts';
import { chosenCheckpoint } from './file-list.ts';
import { hubCheckpoint, parseHubName } from './hub-checkpoint.ts';
import { remoteCheckpoint } from './remote-checkpoint.ts';
import type { StoredOrigin } from './stored-origin.ts';

/** A checkpoint to be read. */
export interface OpenCheckpoint {
  readonly files: CheckpointFiles;
  /** For the manifest. */
  readonly origin: Manifest['source'];
  /** What the place says of it, null where it says nothing. */
  readonly licence: string | null;
  /** Where to read it again, in the same state; without the token, which is kept nowhere. */
  readonly again: Extract<StoredOrigin, { kind: 'checkpoint' }>['source'];
  /** Address of the folder on the web that its files lie in; null for files of a person. */
  readonly web: string | null;
}

/**
 * Finds the checkpoint a person named.
 * @throws AppError OPTION_INVALID, CHECKPOINT_DENIED, PACKAGE_FILE_MISSING, PACKAGE_FETCH_FAILED
 */
export async function checkpointOf(source: CheckpointSource, signal?: AbortSignal): Promise<OpenCheckpoint> {
  switch (source.kind) {
    case 'hub': {
      const { name, endpoint, token } = source;
      const hub = parseHubName(name);
      if (!hub) {
        const message = `${JSON.stringify(name.slice(0, 200))} names no repository of the hub; write it like hf:microsoft/kosmos-2-patch14-224.`;
        throw new AppError('OPTION_INVALID', message, { repository: name.slice(0, 200) });
      }
      const files = await hubCheckpoint(hub, { endpoint, token, signal });
      const { repository, commit, licence } = files;
      const again = { kind: 'hub', name: `hf:${repository}@${commit}`, ...(endpoint && { endpoint }) } as const;
      return { files, origin: { repository, revision: commit }, licence, again, web: files.folder };
    }
    case 'site': {
      const files = remoteCheckpoint(source.url);
      const again = { kind: 'site', url: source.url } as const;
      return {
        files,
        origin: { repository: files.location, revision: null },
        licence: null,
        again,
        web: files.location,
      };
    }
    case 'files': {
      const files = chosenCheckpoint(source.files);
      const origin = { repository: source.folder ?? files.location, revision: null };
      return { files, origin, licence: null, again: null, web: null };
    }
  }
}
