import { copyFile, type FileHandle, link, mkdir, open, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildDecoderGraph } from '../graph/decoder-graph.ts';
import type { GraphTarget, OnnxGraph } from '../graph/onnx-graph.ts';
import { buildVisionGraph } from '../graph/vision-graph.ts';
import { holdsPackage } from '../package/import-journal.ts';
import type { ModelPackage } from '../package/model-package.ts';
import { openPackage } from '../package/open-package.ts';
import { AppError } from '../protocol/errors.ts';
import { storedReader } from '../runtime/stored-reader.ts';
import { required, runCli, UsageError } from './cli.ts';
import { folderFiles, folderSink } from './folder-files.ts';
import { UNFINISHED } from './ground/write-whole.ts';

const usage = `Writes the two graphs of a model package as ONNX files for any onnxruntime.

  npm run -s export-onnx -- --model DIR --out DIR [options]

  --model DIR         model package (see: npm run -s import -- --help)
  --out DIR           gets vision.onnx and decoder.onnx, a .data file of each, and links to the package's weight files
                      (copies where the disk cannot link); made when it is not there
  --activation TYPE   f32 (default; every device) or f16 (GPUs)
  --help              this text

What goes in and out of them is told in docs/IMPORT.md.`;

const options = {
  model: { type: 'string' },
  out: { type: 'string' },
  activation: { type: 'string', default: 'f32' },
} as const;

await runCli({ name: 'export-onnx', usage, options }, async (values) => {
  const folder = required(values.model, 'model');
  const out = required(values.out, 'out');
  const { activation } = values;
  if (activation !== 'f32' && activation !== 'f16') {
    throw new UsageError(`--activation must be f32 or f16, not ${activation}.`);
  }
  const pkg = await openPackage(folderFiles(folder));
  try {
    await mkdir(out, { recursive: true });
    // Under whichever names: a link, or letters of another case where the disk makes no difference.
    if ((await realpath(folder)) === (await realpath(out))) {
      throw new UsageError('--out must be another folder than --model.');
    }
    // Their weight files have the same names.
    if (await holdsPackage(folderSink(out))) {
      throw new UsageError(`--out ${out} holds a model package, which this would destroy; choose another folder.`);
    }
    // The graphs for WebGPU read the stored codes, and their operators run on every device.
    const target = { device: 'webgpu', activation } as const;
    const files = new Set<string>();
    for (const [name, build] of [
      ['vision', buildVisionGraph],
      ['decoder', buildDecoderGraph],
    ] as const) {
      const graph = await writeGraph(join(out, `${name}.onnx`), pkg, build, { ...target, derivedFile: `${name}.data` });
      for (const file of graph.files) files.add(file);
      process.stdout.write(`${join(out, name)}.onnx: weights in ${graph.files.length} files and ${name}.data\n`);
    }
    for (const file of files) await linkOrCopy(join(folder, file), join(out, file));
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    const message = `The graphs could not be written to ${out} (${cause.message}). Free some space or choose another folder.`;
    throw new AppError('PACKAGE_FILE_INVALID', message, { out }, cause);
  }
});

type BuildGraph = (config: ModelPackage['config'], weights: ModelPackage['weights'], target: GraphTarget) => OnnxGraph;

/** Writes a graph, and beside it the data made for it. */
async function writeGraph(
  path: string,
  { config, weights, shards }: ModelPackage,
  build: BuildGraph,
  target: GraphTarget,
): Promise<OnnxGraph> {
  const graph = build(config, weights, target);
  await writeFile(path, graph.model);
  const data = await open(path.replace(/onnx$/, 'data'), 'w');
  try {
    const read = storedReader(shards);
    for (const { offset, make } of graph.derived) await writeAt(data, offset, make(read));
  } finally {
    await data.close();
  }
  return graph;
}

async function writeAt(file: FileHandle, offset: number, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, offset + done);
    done += bytesWritten;
  }
}

/** What was there before goes when the other is in its place. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  const unfinished = `${to}${UNFINISHED}`;
  await rm(unfinished, { force: true });
  // Another disk, or one without links.
  await link(from, unfinished).catch(() => copyFile(from, unfinished));
  await rename(unfinished, to);
  // Renaming a link to what it links to already leaves both.
  await rm(unfinished, { force: true });
}
