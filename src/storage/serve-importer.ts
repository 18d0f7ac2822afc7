import { importCheckpoint } from '../package/import-checkpoint.ts';
import type { PackageSink } from '../package/package-sink.ts';
import { planImport } from '../package/plan-import.ts';
import { AppError } from '../protocol/errors.ts';
import type {
  ImporterCall,
  ImporterReply,
  ImporterRequest,
  ImporterResults,
  TransferProgress,
} from '../protocol/importer-messages.ts';
import { postFailure } from '../protocol/post-failure.ts';
import { checkpointOf } from './checkpoint-source.ts';
import { copyPackage } from './copy-package.ts';
import { directorySink } from './directory-files.ts';
import { exportFolder } from './export-folder.ts';
import { exportStored } from './export-stored.ts';
import { chosenPackage } from './file-list.ts';
import { makeRoom } from './make-room.ts';
import { fetchDamaged, remakeDamaged } from './mend-stored.ts';
import { withFreeModel, withModelLock } from './model-lock.ts';
import { remotePackage } from './remote-package.ts';
import { CHECKED_FILE } from './stored-files.ts';
import { forgetOrigin, readOrigin, writeOrigin } from './stored-origin.ts';
import { deleteStored, describeStored, listStored, storedSink } from './stored-packages.ts';
import { checking, holdsSame, storedManifest, type VerifyOptions, verifyStored } from './verify-stored.ts';

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
      .finally(() => running.delete(id))
      .then((result) => port.post({ type: 'done', id, result }))
      .catch((thrown) => {
        const isTold = thrown instanceof AppError && 'unfinished' in thrown.details;
        const stopped = new AppError('CANCELLED', 'Stopped. What is finished stays.');
        const failure = stop.signal.aborted && !isTold ? stopped : thrown;
        postFailure(failure, (error) => port.post({ type: 'failed', id, error }));
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
      return withModelLock(call.name, 'shared', () => verify(sink, task), task);
    }
    case 'delete':
      await withFreeModel(call.name, () => deleteStored(call.name));
      return null;
    case 'export': {
      const sink = await storedSink(call.name);
      const folder = await exportFolder(call.folder, call.name);
      await withModelLock(call.name, 'shared', () => exportStored(sink, directorySink(folder), call.name, task), task);
      return null;
    }
  }
}

/** What was found damaged is no more taken for checked when the model is opened, which then mends it. */
async function verify(sink: PackageSink, options: VerifyOptions): Promise<readonly string[]> {
  const damaged = await verifyStored(sink, options);
  if (damaged.length > 0) await sink.remove(CHECKED_FILE);
  return damaged;
}

async function copyTo({ source, name }: Of<'copy'>, task: Task): Promise<void> {
  const sink = await storedSink(name, true);
  const from = source.kind === 'site' ? remotePackage(source.url) : chosenPackage(source.files);
  const note = () =>
    source.kind === 'site' ? writeOrigin(sink, { kind: 'package', url: source.url }) : forgetOrigin(sink);
  // Of one that is there, maybe since another window has just fetched it, only what is damaged is fetched.
  if (await holdsSame(from, sink, task.signal)) {
    await fetchDamaged(sink, from, await verify(sink, checking(task)), task);
    return note();
  }
  await copyPackage(from, sink, {
    ...task,
    async makeRoom(bytes) {
      await makeRoomIn(name, bytes);
      // Up to here another model that lies there is what it was.
      await note();
    },
  });
}

/** Room for a package of so many bytes, which takes the place of whatever lies there. */
async function makeRoomIn(name: string, bytes: number): Promise<void> {
  const there = await describeStored(name);
  await makeRoom(Math.max(0, bytes - there.bytes));
}

async function importTo({ source, settings }: Of<'import'>, task: Task): Promise<void> {
  const { signal } = task;
  const { files, origin, licence, again } = await checkpointOf(source, signal);
  const { name, scheme, description } = settings;
  const sink = await storedSink(name, true);
  const { packageBytes, identity } = await planImport(files, { scheme, signal });
  if (await isMadeOf(identity, sink)) return remakeDamaged(sink, files, task);
  await makeRoomIn(name, packageBytes);
  await importCheckpoint(files, sink, {
    scheme,
    signal,
    name,
    description,
    licence: licence ?? settings.licence,
    source: origin,
    // Whatever lies there becomes this model only with the last word below.
    onReplacing: () => forgetOrigin(sink),
    onProgress: ({ done, total, kept, weight }) => task.onProgress({ done, total, kept, item: weight }),
  });
  await writeOrigin(sink, { kind: 'checkpoint', source: again, identity });
}

/** Whether the model was made of this very checkpoint, in the same way. */
async function isMadeOf(identity: string, sink: PackageSink): Promise<boolean> {
  const known = await readOrigin(sink);
  if (known?.kind !== 'checkpoint' || known.identity !== identity) return false;
  return storedManifest(sink).then(
    () => true,
    () => false,
  );
}
