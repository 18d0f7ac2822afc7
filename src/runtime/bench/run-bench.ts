import type { ModelPackage } from '../../package/model-package.ts';
import {
  type BenchReply,
  type BenchReport,
  type BenchRequest,
  type BenchRow,
  type BenchStage,
  MEASURED_COPY,
} from '../../protocol/bench.ts';
import { toAppError } from '../../protocol/errors.ts';
import { storedAddress, storedName } from '../../protocol/stored-address.ts';
import { copyPackage } from '../../storage/copy-package.ts';
import { withModelLock } from '../../storage/model-lock.ts';
import { openPackageAt } from '../../storage/open-stored.ts';
import { remotePackage } from '../../storage/remote-package.ts';
import { deleteStored, storedSink } from '../../storage/stored-packages.ts';
import type { Backend } from '../backend.ts';
import { browserBackends } from '../browser-backend.ts';
import { onFirstBackend, openEngine } from '../open-engine.ts';
import { requirementsOf } from '../requirements.ts';
import { type AnswerTime, answerTimes } from './answer-times.ts';
import { byProduct, encodeOperations, prefillOperations } from './costs.ts';
import { cpuCopyCeiling, cpuProductCeiling } from './cpu-ceilings.ts';
import { copyCeiling, productCeiling } from './gpu-ceilings.ts';
import type { GpuMemory } from './gpu-memory.ts';
import { type Spread, spreadOf } from './measure.ts';
import { type AddRow, measureParts } from './measure-parts.ts';
import { rawRead } from './raw-read.ts';

/** Measures a model on this device, stage by stage, each told as soon as it is known. */
export async function runBench(
  { model, backend: choice, runs }: BenchRequest,
  memory: GpuMemory,
  post: (reply: BenchReply) => void,
): Promise<BenchReport> {
  const rows: BenchRow[] = [];
  const skipped: { stage: BenchStage; why: string }[] = [];
  const begin = (stage: BenchStage) => post({ type: 'stage', stage });
  const add: AddRow = (stage, time, runs, [amount, unit], least = null) => {
    const ceiling = least && { ...least, share: least.milliseconds / time.median };
    const row = { stage, time: { ...time, runs }, amount, unit, ceiling };
    rows.push(row);
    post({ type: 'row', row });
  };
  const once = async <T>(run: () => Promise<T>): Promise<readonly [T, Spread]> => {
    const started = performance.now();
    const value = await run();
    return [value, spreadOf([performance.now() - started])];
  };

  // The ceilings come first: a model that is open takes memory that they need.
  let backend = await firstBackend(choice);
  begin('copy');
  const copy = backend.device ? await copyCeiling(backend.device, runs) : await cpuCopyCeiling(runs);
  const copyBytesPerSecond = (copy.amount * 1000) / copy.time.min;
  add('copy', copy.time, runs, [copy.amount / 1e6, 'MB']);
  begin('product');
  const { activation } = backend.target;
  const product = backend.device
    ? await productCeiling(backend.device, activation, runs)
    : await cpuProductCeiling(backend, runs);
  const operationsPerSecond = (product.amount * 1000) / product.time.min;
  add('product', product.time, runs, [product.amount / 1e9, 'GFLOP']);
  const open = async (address: string) => {
    const pkg = await openPackageAt(address);
    return { pkg, engine: await openEngine(pkg, [async () => backend]) };
  };
  memory.restart();
  // A stored model is opened all the same, for the first token is asked of its engine.
  const fromSite = storedName(model) === null;
  if (fromSite) begin('load-cold');
  const [cold, coldTime] = await once(() => open(model));
  const { pkg } = cold;
  const bytes = cold.engine.model.bytes;
  const read = async (of: ModelPackage) => ({ of: 'read' as const, milliseconds: await rawRead(of, backend.device) });
  if (fromSite) add('load-cold', coldTime, 1, [bytes / 1e6, 'MB']);
  else skipped.push({ stage: 'load-cold', why: 'This model is stored in this browser.' });
  const info = cold.engine.model.backend;
  begin('first-token');
  const { first, followUp } = await answerTimes(cold.engine, pkg.preprocessor.size, runs);
  const reading = ({ tokens }: AnswerTime) => prefillOperations(pkg.config, tokens);
  const firstWork = byProduct(encodeOperations(pkg.config) + reading(first), operationsPerSecond);
  add('first-token', first.time, runs, [1, 'answer'], firstWork);
  begin('follow-up');
  add('follow-up', followUp.time, runs, [1, 'answer'], byProduct(reading(followUp), operationsPerSecond));
  await cold.engine.dispose();

  begin('load-stored');
  try {
    const address = await store(model);
    const [stored, storedTime] = await once(() => open(address));
    await stored.engine.dispose();
    add('load-stored', storedTime, 1, [bytes / 1e6, 'MB'], await read(await openPackageAt(address)));
  } catch (thrown) {
    skipped.push({ stage: 'load-stored', why: toAppError(thrown).message });
    // A failed opening ends the device it was tried on.
    backend = await firstBackend(choice);
  } finally {
    // Where nothing can be stored there is nothing to delete.
    await withModelLock(MEASURED_COPY, 'exclusive', () => deleteStored(MEASURED_COPY)).catch(() => {});
  }

  const device = { copyBytesPerSecond, operationsPerSecond };
  await measureParts(backend, pkg, device, {
    runs,
    begin,
    add,
    skip: (stage, why) => skipped.push({ stage, why }),
  });
  const { leastBytes } = requirementsOf(pkg.config, { bytes, encodings: pkg.manifest.encodings }, backend.target);
  const most = memory.most();
  return {
    date: new Date().toISOString(),
    browser: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    isolated: globalThis.crossOriginIsolated,
    backend: info,
    model: { name: pkg.manifest.name, scheme: pkg.manifest.scheme, bytes },
    device,
    gpuMemory: backend.device && { bytes: most, leastBytes, share: leastBytes / most },
    rows,
    skipped,
  };
}

/** Stores the package under a name of the bench's own. @returns its address */
async function store(model: string): Promise<string> {
  if (storedName(model) !== null) return model;
  await withModelLock(MEASURED_COPY, 'exclusive', async () =>
    copyPackage(remotePackage(model), await storedSink(MEASURED_COPY, true)),
  );
  return storedAddress(MEASURED_COPY);
}

/** The first of the backends to try that starts. */
async function firstBackend(choice: BenchRequest['backend']): Promise<Backend> {
  return onFirstBackend(await browserBackends(choice), {}, async (backend) => backend);
}
