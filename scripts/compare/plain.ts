/**
 * The plain export on the same onnxruntime-web, as the usual browser demos run it, in a process of its own:
 * `plain.ts WORK THREADS TOKENS ROUNDS`. All logits come back for every token, and keys and values are fed back.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InferenceSession, Tensor, TypedTensor } from 'onnxruntime-web';
import { argMax } from '../../src/kosmos2/sampling.ts';
import { nodeBackend } from '../../src/runtime/node-backend.ts';
import type { Measured, SampleFile } from './sides.ts';

const [work = '', ...numbers] = process.argv.slice(2);
const [threads = 1, tokens = 32, rounds = 1] = numbers.map(Number);
/** Where positions begin: behind the padding's. */
const FIRST_POSITION = 2;

const started = performance.now();
const { ort, info } = await nodeBackend(threads);
const open = async (name: string) =>
  ort.InferenceSession.create(new Uint8Array(await readFile(join(work, 'plain', name))), {
    executionProviders: ['wasm'],
  });
const vision = await open('vision-q4.onnx');
const embedding = await open('embedding.onnx');
const decoder = await open('decoder-q4.onnx');
const opened = (performance.now() - started) / 1000;

const sample: SampleFile = JSON.parse(await readFile(join(work, 'sample.json'), 'utf8'));
const { heads, width, side } = JSON.parse(await readFile(join(work, 'shape.json'), 'utf8')) as Record<string, number>;
const pixels = new Float32Array(new Uint8Array(await readFile(join(work, 'pixels.f32'))).buffer);

const runs: { readonly ids: number[]; readonly firstToken: number; readonly tokensPerSecond: number }[] = [];
await write(2);
for (let round = 0; round < rounds; round++) runs.push(await write(tokens));
const measured: Measured = {
  open: opened,
  firstToken: Math.min(...runs.map(({ firstToken }) => firstToken)),
  tokensPerSecond: Math.max(...runs.map(({ tokensPerSecond }) => tokensPerSecond)),
  peakBytes: process.resourceUsage().maxRSS * 1024,
  ids: runs[0]?.ids ?? [],
  runtime: `onnxruntime-web, plain export, MatMulNBits 4 bits, ${info.adapter}`,
};
process.stdout.write(`${JSON.stringify(measured)}\n`);

async function write(count: number) {
  const begun = performance.now();
  const shape = [1, 3, side as number, side as number];
  const { rows } = (await vision.run({ pixels: new ort.Tensor('float32', pixels, shape) })) as {
    rows: TypedTensor<'float32'>;
  };
  const embeddings = await embed(sample.ids);
  embeddings.data.set(rows.data, sample.start * (embeddings.dims[2] as number));
  let past = emptyCache();
  let length = 0;
  let next: TypedTensor<'float32'> = embeddings;
  const ids: number[] = [];
  let first = 0;
  while (ids.length < count) {
    const size = next.dims[1] as number;
    const at = BigInt64Array.from({ length: size }, (_, index) => BigInt(FIRST_POSITION + length + index));
    const feeds: Record<string, Tensor> = { embeddings: next, positions: new ort.Tensor('int64', at, [size]) };
    for (const [name, tensor] of past) feeds[`past.${name}`] = tensor;
    const results = await decoder.run(feeds);
    const logits = results.logits as TypedTensor<'float32'>;
    if (ids.length === 0 && count > 2)
      await writeFile(join(work, 'plain-logits.f32'), new Uint8Array(logits.data.slice().buffer));
    past = new Map([...past.keys()].map((name) => [name, results[`present.${name}`] as Tensor]));
    length += size;
    const id = argMax(logits.data);
    if (ids.push(id) === 1) first = performance.now();
    if (ids.length < count) next = await embed([id]);
  }
  const end = performance.now();
  return { ids, firstToken: (first - begun) / 1000, tokensPerSecond: (1000 * (count - 1)) / (end - first) };
}

async function embed(ids: readonly number[]): Promise<TypedTensor<'float32'>> {
  const tensor = new ort.Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
  return (await embedding.run({ ids: tensor })).embeddings as TypedTensor<'float32'>;
}

function emptyCache(): Map<string, Tensor> {
  const names = (decoder as InferenceSession).inputNames.filter((name) => name.startsWith('past.'));
  const empty = () =>
    new ort.Tensor('float32', new Float32Array(0), [1, heads as number, 0, (width as number) / (heads as number)]);
  return new Map(names.map((name) => [name.slice('past.'.length), empty()]));
}
