import type { BackendChoice } from '../protocol/messages.ts';

/** The backend that `?backend=webgpu|wasm` forces; anything else leaves the choice to the engine. */
export function backendChoice(search: string): BackendChoice {
  const named = new URLSearchParams(search).get('backend');
  return named === 'webgpu' || named === 'wasm' ? named : 'auto';
}
