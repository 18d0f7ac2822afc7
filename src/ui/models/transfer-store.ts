import { createStore } from 'zustand/vanilla';
import type { TransferProgress } from '../../protocol/importer-messages.ts';
import type { InspectionSource } from '../../protocol/inspection.ts';
import type { Pace } from '../../protocol/transfer-rate.ts';
import type { Job } from './get-model.ts';

/** Getting a model, which goes on while its dialog is closed. */
export interface Transfer {
  readonly phase: 'none' | 'running' | 'paused' | 'failed' | 'done';
  readonly job: Job | null;
  readonly progress: TransferProgress;
  readonly pace: Pace;
  /** Address of the same model where it could not be stored, but would run from memory. */
  readonly memory: string | null;
  /** Whether another access token may change how it ended: the hub refused it, or one was given. */
  readonly wantsToken: boolean;
  /** Another model that was named meanwhile: one is got at a time. */
  readonly refused: InspectionSource | null;
  /** What there is to be told about it. */
  readonly said: string;
}

export const NO_TRANSFER: Transfer = {
  phase: 'none',
  job: null,
  progress: { done: 0, total: 0, kept: 0, item: null },
  pace: { bytesPerSecond: 0, secondsLeft: null },
  memory: null,
  wantsToken: false,
  refused: null,
  said: '',
};

export const transferStore = createStore<Transfer>()(() => NO_TRANSFER);

/** Nothing is being got any more; what is stored stays. */
export function forgetTransfer(): void {
  transferStore.setState(NO_TRANSFER);
}
