declare const setImmediate: ((callback: () => void) => unknown) | undefined;

let channel: MessageChannel | undefined;
const waiting: (() => void)[] = [];

/**
 * Resolves in a new task, so that messages that have arrived (a cancel above all) are handled first. A timer would cost
 * 4 ms each time in a browser; a microtask would let no message in.
 */
export function nextTask(): Promise<void> {
  if (typeof setImmediate === 'function') {
    const schedule = setImmediate;
    return new Promise((resolve) => schedule(resolve));
  }
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => waiting.shift()?.();
  }
  const { port2 } = channel;
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
