import type { CheckpointFiles } from '../package/checkpoint-files.ts';
import { importCheckpoint } from '../package/import-checkpoint.ts';
import type { Manifest } from '../package/manifest.ts';
import { planImport } from '../package/plan-import.ts';
import { AppError, toWire } from '../protocol/errors.ts';
import type {
  CheckpointSource,
  ImporterCall,
  ImporterReply,
  ImporterRequest,
  ImporterResults,
  TransferProgress,
} from '../protocol/importer-messages.ts';
import { copyPackage } from './copy-package.ts';
import { directorySink } from './directory-files.ts';
import { chosenCheckpoint, chosenPackage } from './file-list.ts';
import { hubCheckpoint, parseHubName } from './hub-checkpoint.ts';
import { makeRoom } from './make-room.ts';
import { withModelLock } from './model-lock.ts';
import { remoteCheckpoint } from './remote-checkpoint.ts';
import { remotePackage } from './remote-package.ts';
import { writeOrigin } from './stored-origin.ts';
import { deleteStored, describeStored, listStored, storedSink, verifyStored } from './stored-packages.ts';

/** The importer worker's end of the wire. */
export interface ImporterPort {
  post(reply: ImporterReply): void;
  listen(onRequest: (request: ImporterRequest) => void): void;
}

interface Task {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TransferProgress) => void;
  readonly onWait: () => void;
}

type Of<T extends ImporterCall['type']> = Extract<ImporterCall, { type: T }>;

/** Does the work of a page on stored models. It never throws: every failure becomes a `failed` reply. */
export function serveImporter(port: ImporterPort): void {
  const running = new Map<number, AbortController>();
  port.listen((request) => {
    if (request.type === 'stop') {
      running.get(request.target)?.abort();
      return;
    }
    const { id } = request;
    const stop = new AbortController();
    running.set(id, stop);
    const task: Task = {
      signal: stop.signal,
      onProgress: (progress) => port.post({ type: 'progress', id, progress }),
      onWait: () => port.post({ type: 'waiting', id }),
    };
    answer(request, task)
      .then((result): ImporterReply => ({ type: 'done', id, result }))
      .catch((thrown): ImporterReply => {
        const error = stop.signal.aborted ? new AppError('CANCELLED', 'Stopped. What is finished stays.') : thrown;
        return { type: 'failed', id, error: toWire(error) };
      })
      .then((reply) => {
        running.delete(id);
        port.post(reply);
      });
  });
}

async function answer(call: ImporterCall, task: Task): Promise<ImporterResults[ImporterCall['type']]> {
  switch (call.type) {
    case 'import':
      await withModelLock(call.settings.name, 'exclusive', () => importTo(call, task), task);
      return describeStored(call.settings.name);
    case 'copy':
      await withModelLock(call.name, 'exclusive', () => copyTo(call, task), task);
      return describeStored(call.name);
    case 'list':
      return listStored();
    case 'verify': {
      const sink = await storedSink(call.name);
      return withModelLock(call.name, 'shared', () => verifyStored(sink, task), task);
    }
    case 'delete':
      await withModelLock(call.name, 'exclusive', () => deleteStored(call.name), task);
      return null;
    case 'export': {
      const sink = await storedSink(call.name);
      await withModelLock(call.name, 'shared', () => copyPackage(sink, directorySink(call.folder), task), task);
      return null;
    }
  }
}

async function copyTo({ source, name }: Of<'copy'>, task: Task): Promise<void> {
  const sink = await storedSink(name, true);
  const from = source.kind === 'site' ? remotePackage(source.url) : chosenPackage(source.files);
  if (source.kind === 'site') await writeOrigin(sink, source.url);
  // A model that is whole, maybe since another window has just fetched it, is only looked at.
  if ((await verifyStored(sink, { signal: task.signal }).catch(() => null))?.length === 0) return;
  await copyPackage(from, sink, { ...task, makeRoom });
}

async function importTo({ source, settings }: Of<'import'>, task: Task): Promise<void> {
  const { signal } = task;
  const { files, origin, licence } = await checkpointOf(source, signal);
  const { name, scheme, description } = settings;
  const sink = await storedSink(name, true);
  const { packageBytes } = await planImport(files, { scheme, signal });
  const { bytes } = await describeStored(name);
  await makeRoom(Math.max(0, packageBytes - bytes));
  await importCheckpoint(files, sink, {
    scheme,
    signal,
    name,
    description,
    licence: licence ?? settings.licence,
    source: origin,
    onProgress: ({ done, total, kept, weight }) => task.onProgress({ done, total, kept, item: weight }),
  });
}

interface OpenCheckpoint {
  readonly files: CheckpointFiles;
  readonly origin: Manifest['source'];
  readonly licence: string | null;
}

async function checkpointOf(source: CheckpointSource, signal: AbortSignal): Promise<OpenCheckpoint> {
  switch (source.kind) {
    case 'hub': {
      const hub = parseHubName(source.name);
      if (!hub) {
        const message = `${JSON.stringify(source.name.slice(0, 200))} names no repository of the hub; write it like hf:microsoft/kosmos-2-patch14-224.`;
        throw new AppError('OPTION_INVALID', message);
      }
      const files = await hubCheckpoint(hub, { endpoint: source.endpoint, token: source.token, signal });
      return { files, origin: { repository: files.repository, revision: files.commit }, licence: files.licence };
    }
    case 'site': {
      const files = remoteCheckpoint(source.url);
      return { files, origin: { repository: files.location, revision: null }, licence: null };
    }
    case 'files': {
      const files = chosenCheckpoint(source.files);
      return { files, origin: { repository: files.location, revision: null }, licence: null };
    }
  }
}
