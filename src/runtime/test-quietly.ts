import type { SelfTestReport } from '../protocol/self-test.ts';
import type { Engine } from './engine.ts';
import { decodeImage } from './image/decode-browser.ts';
import { type Quiet, untilQuiet } from './quiet.ts';
import { isSound, WASM_POSITIONS } from './self-test.ts';
import { findSelfTestCase } from './self-test-cases.ts';
import type { SelfTestMemory } from './self-test-memory.ts';

export interface QuietTest extends Quiet {
  readonly engine: Engine;
  /** What the result is remembered under. */
  readonly name: string;
  /** Whose weights the model has. */
  readonly repository: string;
  /** Absolute address of the folder with the recorded cases, ending in `/`. */
  readonly folder: string;
  readonly memory: SelfTestMemory;
  /** Whether the model could be opened in another way. */
  readonly another: boolean;
}

/**
 * Checks an open model against a recorded answer while nobody asks anything, and starts over whenever somebody does. One that
 * failed before and is open all the same, as there is no other way, is checked again: whoever comes now is to know too.
 * @returns null where there is no case for it, it passed before, or `signal` aborted
 */
export async function testQuietly(test: QuietTest): Promise<SelfTestReport | null> {
  const { engine, name, memory, signal, another } = test;
  if (await memory.recall(name)) return null;
  const recorded = await findSelfTestCase(test.folder, test.repository, signal);
  if (!recorded) return null;
  const picture = await decodeImage(await (await fetch(recorded.picture, { signal })).blob(), { signal });
  const { backend } = engine.model;
  const most = backend.kind === 'wasm' ? WASM_POSITIONS : recorded.ids.length;
  for (;;) {
    const agreement = test.isIdle() ? await engine.selfTest(recorded, picture, most, signal) : null;
    if (signal.aborted) return null;
    if (!agreement) {
      await untilQuiet(test);
      continue;
    }
    const passed = isSound(agreement);
    await memory.remember(name, passed);
    const { positions, agreed } = agreement;
    const where = backend.kind === 'wasm' ? 'this CPU' : 'this GPU';
    const message = passed
      ? `The model agrees with ${agreed} of ${positions} tokens of a recorded answer.`
      : `The model computes wrong on ${where}: only ${agreed} of ${positions} tokens of a recorded answer come out. ${
          another ? 'Opened again it takes another way.' : 'Do not trust its answers; try another browser or device.'
        }`;
    return { positions, agreed, passed, message, backend, another };
  }
}
