/**
 * Runs `work` while no other window of this origin writes (`exclusive`) or reads (`shared`) the same stored model.
 * @param onWait called when another window has it
 */
export async function withModelLock<T>(
  name: string,
  mode: LockMode,
  work: () => Promise<T>,
  { signal, onWait }: { readonly signal?: AbortSignal | undefined; readonly onWait?: (() => void) | undefined } = {},
): Promise<T> {
  const lock = `kosmos2-model-${name}`;
  const free = await navigator.locks.request(lock, { mode, ifAvailable: true }, async (held) =>
    held ? { result: await work() } : null,
  );
  if (free) return free.result;
  onWait?.();
  return navigator.locks.request(lock, { mode, ...(signal && { signal }) }, work);
}
