import { availableParallelism } from 'node:os';
import type { ModelPackage } from '../package/model-package.ts';
import { openPackage } from '../package/open-package.ts';
import { AppError } from '../protocol/errors.ts';
import type { BackendInfo } from '../protocol/messages.ts';
import { openBatchEngine } from '../runtime/batch/open-batch-engine.ts';
import { bestNativeBackends, NATIVE_DEVICES, type NativeDevice, nativeBackends } from '../runtime/native-backend.ts';
import { nodeBackend } from '../runtime/node-backend.ts';
import { type BackendMaker, openEngine } from '../runtime/open-engine.ts';
import { type OptionValues, required, UsageError, wholeNumber } from './cli.ts';
import { folderFiles } from './folder-files.ts';
import { type AnsweringEngine, Grounder, oneByOne } from './grounder.ts';
import { loadNativeOrt } from './native-ort.ts';

const DEVICES = ['auto', 'wasm', ...NATIVE_DEVICES] as const;

/** Each has its picture and its keys and values in memory: at full size 80 MB for 200 positions. */
const MOST_AT_ONCE = 64;

const MOST_THREADS = 64;

/** Options of every command that answers: which model, and what runs it. */
export const engineOptions = {
  model: { type: 'string' },
  device: { type: 'string' },
  threads: { type: 'string' },
  'batch-size': { type: 'string' },
} as const;

/** Their lines in a command's help. */
export const engineUsage = `  --model DIR            model package (see: npm run -s import -- --help)
  --device NAME          ${DEVICES.join(', ')} (default: auto, the best that starts);
                         all but wasm need onnxruntime-node (npm install --no-save onnxruntime-node)
  --threads N            CPU threads (default: all cores, at most 8)
  --batch-size N         requests answered at once, on cpu and wasm (default: 1, most: ${MOST_AT_ONCE})`;

/**
 * Opens the model that a command's options name and says on stderr what runs it.
 * @throws UsageError, and what openPackage and openEngine throw
 */
export async function openGrounder(values: OptionValues<typeof engineOptions>): Promise<Grounder> {
  const folder = required(values.model, 'model');
  const backends = backendsOf(values);
  const atOnce = wholeNumber(values['batch-size'] ?? '1', 'batch-size', 1, MOST_AT_ONCE);
  const { engine, backend } = await openEngineFor(await openPackage(folderFiles(folder)), backends, atOnce);
  process.stderr.write(`Runs on ${backendWords(backend)}.\n`);
  return new Grounder(engine, atOnce);
}

/** An engine that writes so many answers at once, on the first backend that works. @throws what openEngine throws */
export async function openEngineFor(
  pkg: ModelPackage,
  backends: readonly BackendMaker[],
  atOnce: number,
): Promise<{ readonly engine: AnsweringEngine; readonly backend: BackendInfo }> {
  if (atOnce === 1) {
    const engine = await openEngine(pkg, backends);
    return { engine: oneByOne(engine), backend: engine.model.backend };
  }
  const engine = await openBatchEngine(pkg, backends, atOnce);
  return { engine, backend: engine.backend };
}

/** CPU threads that `--threads` asks for; by default one a core, up to eight. @throws UsageError */
export function threadsOf(value: string | undefined): number {
  return wholeNumber(value ?? String(Math.min(8, availableParallelism())), 'threads', 1, MOST_THREADS);
}

/**
 * What `--device` and `--threads` ask for, in the order in which it is tried.
 * @throws UsageError; AppError RUNTIME_FAILED where it takes onnxruntime-node, and that does not load
 */
export function backendsOf(values: Pick<OptionValues<typeof engineOptions>, 'device' | 'threads'>): BackendMaker[] {
  const threads = threadsOf(values.threads);
  const device = DEVICES.find((name) => name === (values.device ?? 'auto'));
  if (!device) throw new UsageError(`--device is one of ${DEVICES.join(', ')}, not "${values.device}".`);
  const wasm = () => nodeBackend(threads);
  if (device === 'wasm') return [wasm];
  const native = loadNativeOrt();
  if (device === 'auto') return native.ort ? [...bestNativeBackends(native.ort, threads), wasm] : [wasm];
  if (!native.ort) throw noNativeOrt(device, native.reason);
  return nativeBackends(native.ort, device, threads);
}

function noNativeOrt(device: NativeDevice, reason: string): AppError {
  return new AppError(
    'RUNTIME_FAILED',
    `The device "${device}" does not start: ${reason}. Run npm install --no-save onnxruntime-node, or use --device wasm.`,
    { device },
  );
}

/** What runs a model, in words. */
export function backendWords({ kind, adapter }: BackendInfo): string {
  return kind === 'native' ? `onnxruntime-node: ${adapter}` : `WebAssembly: ${adapter}`;
}
