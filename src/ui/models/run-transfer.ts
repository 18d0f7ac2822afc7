import { toAppError } from '../../protocol/errors.ts';
import type { TransferProgress } from '../../protocol/importer-messages.ts';
import { storedAddress } from '../../protocol/stored-address.ts';
import { TransferRate } from '../../protocol/transfer-rate.ts';
import { keepAwake } from '../common/keep-awake.ts';
import * as strings from '../strings.ts';
import { forgetGone } from './chosen-model.ts';
import { getModel, type Job, tokenOf } from './get-model.ts';
import { importer } from './importer.ts';
import { refusesModels } from './refuses-models.ts';
import { forgetTransfer, NO_TRANSFER, transferStore } from './transfer-store.ts';

/** Between two renders of the progress. */
const TELL_MS = 250;

let stop = new AbortController();
/** Settles once nothing is written any more. */
let work: Promise<void> = Promise.resolve();

/** Begins, or goes on with what an earlier try has left. To be called from a person's gesture. */
export function startTransfer(job: Job): void {
  if (transferStore.getState().phase === 'running') return;
  stop = new AbortController();
  transferStore.setState({ ...NO_TRANSFER, phase: 'running', job });
  work = run(job, stop.signal);
}

/** Stops; what is finished stays. */
export function pauseTransfer(): void {
  stop.abort();
}

/** Stops, and nothing is being got any more; what is stored stays. */
export async function leaveTransfer(): Promise<void> {
  stop.abort();
  await work;
  forgetTransfer();
}

/** Stops and deletes what has come so far. */
export async function discardTransfer(): Promise<void> {
  const { job } = transferStore.getState();
  stop.abort();
  await work;
  try {
    if (job) {
      await importer().remove(job.name);
      forgetGone(storedAddress(job.name));
    }
    forgetTransfer();
  } catch (thrown) {
    const error = toAppError(thrown);
    // Where nothing can be stored, or not under that name, there is nothing to delete either.
    if (refusesModels(error) || error.code === 'OPTION_INVALID') forgetTransfer();
    else transferStore.setState({ phase: 'failed', said: strings.errors.sentence(error) });
  }
}

/** Of a ready model; one that is packed here, or comes from this device, has none. */
function addressOf({ way }: Job): string | null {
  return way.kind === 'copy' && way.source.kind === 'site' ? way.source.url : null;
}

async function run(job: Job, signal: AbortSignal): Promise<void> {
  const rate = new TransferRate();
  let told = 0;
  const onProgress = (progress: TransferProgress) => {
    const now = performance.now();
    if (now - told < TELL_MS && progress.done < progress.total) return;
    told = now;
    const { done, total, kept } = progress;
    transferStore.setState({ progress, pace: rate.add(done - kept, total - done, now / 1000), said: '' });
  };
  const onWaiting = () => transferStore.setState({ said: strings.transfer.waiting });
  // WebKit freezes the worker with a page that it puts aside, and the model would stay locked to every other page of the site.
  const onLeave = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    importer().dispose();
    if (!signal.aborted) addEventListener('pageshow', () => void work.then(() => startTransfer(job)), { once: true });
  };
  addEventListener('pagehide', onLeave);
  const awake = keepAwake();
  try {
    await getModel(job, { signal, onProgress, onWaiting });
    // What is stopped in its last moment is not opened: it may be on its way to be deleted.
    transferStore.setState({ phase: signal.aborted ? 'paused' : 'done', said: '' });
  } catch (thrown) {
    const error = toAppError(thrown);
    const paused = error.code === 'CANCELLED';
    transferStore.setState({
      phase: paused ? 'paused' : 'failed',
      memory: error.code.startsWith('STORAGE_') ? addressOf(job) : null,
      wantsToken: (error.code === 'CHECKPOINT_DENIED' && job.way.source.kind === 'hub') || tokenOf(job) !== '',
      said: paused ? '' : strings.errors.sentence(error),
    });
  } finally {
    removeEventListener('pagehide', onLeave);
    awake();
  }
}
