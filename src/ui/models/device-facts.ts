/** What this device has for the full model. */
export interface DeviceFacts {
  /** Null where the page can use no GPU. */
  readonly gpu: { readonly adapter: string; readonly largestBuffer: number; readonly f16: boolean } | null;
  /** Bytes free for this site; null where the browser does not tell. */
  readonly free: number | null;
  /** The connection is paid by the byte, or is to be spared. */
  readonly metered: boolean;
}

/** Looks at what this device has; asks no server. */
export async function deviceFacts(): Promise<DeviceFacts> {
  const [gpu, free] = await Promise.all([gpuFacts(), freeStorage()]);
  return { gpu, free, metered: isMetered() };
}

async function gpuFacts(): Promise<DeviceFacts['gpu']> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  if (!adapter) return null;
  const { description, vendor, architecture } = adapter.info;
  return {
    adapter: description || [vendor, architecture].filter(Boolean).join(' '),
    largestBuffer: adapter.limits.maxBufferSize,
    f16: adapter.features.has('shader-f16'),
  };
}

async function freeStorage(): Promise<number | null> {
  const estimate = await navigator.storage?.estimate?.().catch(() => null);
  return estimate?.quota === undefined ? null : Math.max(0, estimate.quota - (estimate.usage ?? 0));
}

/** Not every browser tells, and none has to tell the truth. */
function isMetered(): boolean {
  const { connection } = navigator as Navigator & {
    readonly connection?: { readonly saveData?: boolean; readonly type?: string };
  };
  return connection?.saveData === true || connection?.type === 'cellular';
}
