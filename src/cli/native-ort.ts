import { createRequire } from 'node:module';
import type { Ort } from '../runtime/ort.ts';

/** onnxruntime-node where the person has installed it (beside this program, or in NODE_PATH), or why it does not load. */
export function loadNativeOrt(): { readonly ort: Ort } | { readonly ort: null; readonly reason: string } {
  try {
    const ort = createRequire(import.meta.url)('onnxruntime-node') as Ort;
    // It writes to stderr what it throws as well.
    ort.env.logLevel = 'fatal';
    return { ort };
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'MODULE_NOT_FOUND') return { ort: null, reason: 'onnxruntime-node is not installed' };
    return { ort: null, reason: `onnxruntime-node does not load (${message.split('\n')[0]})` };
  }
}
