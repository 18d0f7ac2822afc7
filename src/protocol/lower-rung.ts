import type { BackendChoice, BackendInfo } from './messages.ts';

/**
 * What to try where a backend was lost again and again: float16, then float32, then the CPU.
 * @param choice what was tried last, though it may not have come to run
 * @returns null where there is nothing lower, or where the person has chosen this backend and no other
 */
export function lowerRung({ kind, activation }: BackendInfo, choice: BackendChoice): BackendChoice | null {
  if (kind === 'wasm' || !choice.startsWith('auto')) return null;
  return activation === 'f16' && choice === 'auto' ? 'auto-f32' : 'wasm';
}
