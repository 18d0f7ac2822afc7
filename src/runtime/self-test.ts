import { contentsOf } from '../package/manifest.ts';
import type { ModelPackage } from '../package/model-package.ts';
import { AppError } from '../protocol/errors.ts';
import type { BackendChoice, BackendInfo } from '../protocol/messages.ts';
import type { Agreement } from './agreement.ts';
import type { SelfTestMemory } from './self-test-memory.ts';

/** Positions checked on WASM, where the full model takes a second for each few of them. */
export const WASM_POSITIONS = 24;

/**
 * Below this share of right first choices the numbers are broken; quantization costs a few percent. The demo model makes all
 * 21 of them in float32, but may miss three in float16: they are near ties, closer than its error.
 */
const LEAST_SHARE = 0.5;

/** Whether a device computes right, judged by its agreement with a recorded answer. */
export function isSound({ positions, agreed }: Agreement): boolean {
  return agreed >= positions * LEAST_SHARE;
}

/**
 * Name of a test: the same package, computed by the same program on the same device, need not be tested twice.
 * @param build what changes with every release of the program
 */
export function selfTestName({ manifest }: ModelPackage, backend: BackendInfo, build: string): string {
  const { kind, adapter, activation } = backend;
  return [contentsOf(manifest), kind, adapter, activation, backend.build, build].join('/').slice(0, 2000);
}

/**
 * Refuses a backend that failed the test before, so that the next one gets its turn.
 * @throws AppError SELF_TEST_FAILED
 */
export async function refuseUnsound(memory: SelfTestMemory, name: string, { activation }: BackendInfo): Promise<void> {
  if ((await memory.recall(name)) !== false) return;
  const numbers = activation === 'f16' ? '16-bit' : '32-bit';
  throw new AppError(
    'SELF_TEST_FAILED',
    `This GPU gives wrong answers with ${numbers} numbers: it failed the check against a recorded answer.`,
    { activation },
  );
}

/** Whether opening a package again after a failed test takes another backend; WASM is the last. */
export function hasAnother({ kind, activation }: BackendInfo, choice: BackendChoice): boolean {
  return kind === 'webgpu' && (activation === 'f16' || choice !== 'webgpu');
}
