import { requestAdapter } from '../../protocol/request-adapter.ts';

/** The GPU that the page can use. */
export interface GpuFacts {
  readonly adapter: string;
  readonly largestBuffer: number;
  readonly largestBinding: number;
  readonly f16: boolean;
}

/** What the browser tells of its fastest GPU; null without one. */
export async function gpuFacts(): Promise<GpuFacts | null> {
  const adapter = await requestAdapter();
  if (!adapter) return null;
  const { description, vendor, architecture } = adapter.info;
  return {
    adapter: description || [vendor, architecture].filter(Boolean).join(' '),
    largestBuffer: adapter.limits.maxBufferSize,
    largestBinding: adapter.limits.maxStorageBufferBindingSize,
    f16: adapter.features.has('shader-f16'),
  };
}
