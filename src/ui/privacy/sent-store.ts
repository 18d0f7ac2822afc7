import { createStore } from 'zustand/vanilla';
import { countSent, isSentMessage } from '../../protocol/count-sent.ts';

/** Bytes that this page and its workers have sent anywhere since it was opened. */
export const sentStore = createStore<{ readonly bytes: number }>()(() => ({ bytes: 0 }));

const add = (bytes: number) => sentStore.setState((sent) => ({ bytes: sent.bytes + bytes }));

/** Adds what a worker tells that it has sent. */
export function withSentCounted(worker: Worker): Worker {
  worker.addEventListener('message', hear);
  return worker;
}

function hear({ data }: MessageEvent): void {
  if (isSentMessage(data)) add(data.bytes);
}

// When this module loads, before any other code of the page runs.
countSent(window, add);
navigator.serviceWorker?.addEventListener('message', hear);
navigator.serviceWorker?.startMessages();
