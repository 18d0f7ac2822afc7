// The graphs of the full size in float16 on native WebGPU, against float32 on the CPU: not a test, for on a CPU's driver it
// takes minutes. `npm run rehearsal -- --keep` makes the package; then
//   npx tsx test/native/full-size.ts .cache/rehearsal/package
import { folderFiles } from '../../src/cli/folder-files.ts';
import { openPackage } from '../../src/package/open-package.ts';
import { argmax, type CreateSession, externalData, GraphModel, relativeError } from '../support/graph-model.ts';
import { createOnGpu, loadNativeOrt } from './ort-native.ts';

/** `<s><grounding> An image`: enough to use every layer. */
const PREFIX = [0, 64012, 712, 1648];

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder of a package.');
const { ort, driver, unavailable } = { driver: '', ...(await loadNativeOrt()) };
if (ort === null) throw new Error(`No native WebGPU: ${unavailable}`);
const model = await openPackage(folderFiles(folder));

const onCpu: CreateSession = (graph, shards) =>
  ort.InferenceSession.create(graph.model, {
    executionProviders: ['cpu'],
    externalData: externalData(graph, shards),
    logSeverityLevel: 3,
  });

async function logitsOf(name: string, activation: 'f16' | 'f32', create: CreateSession): Promise<Float32Array> {
  const started = performance.now();
  const graphs = await GraphModel.create(
    ort as NonNullable<typeof ort>,
    model,
    { device: 'webgpu', activation },
    create,
  );
  const loaded = performance.now();
  const logits = Float32Array.from(await graphs.run(PREFIX));
  const first = performance.now();
  await graphs.run([9]);
  const second = performance.now();
  await graphs.release();
  const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`;
  console.info(
    `${name}: loaded in ${seconds(started, loaded)}, ${PREFIX.length} tokens ${seconds(loaded, first)}, one more ${seconds(first, second)}`,
  );
  return logits;
}

const float16 = await logitsOf(`float16 on ${driver}`, 'f16', createOnGpu(ort));
const float32 = await logitsOf('float32 on the CPU', 'f32', onCpu);
console.info(`largest difference ${(100 * relativeError(float16, float32)).toFixed(3)}% of the range of logits`);
console.info(`first choice ${argmax(float16)} and ${argmax(float32)}`);
console.info(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`);
