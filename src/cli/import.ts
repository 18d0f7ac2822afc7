import { readdir, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type ImportOptions, type ImportResult, importCheckpoint } from '../package/import-checkpoint.ts';
import { MANIFEST_FILE, MAX_MANIFEST_BYTES, parseManifest } from '../package/manifest.ts';
import { parseJsonObject } from '../package/parse-json.ts';
import { isSchemeName, SCHEMES } from '../package/schemes.ts';
import type { WeightError } from '../package/weight-error.ts';
import { AppError } from '../protocol/errors.ts';
import { required, runCli, UsageError } from './cli.ts';
import { folderCheckpoint, folderFiles, folderSink } from './folder-files.ts';

const USAGE = `Turns a KOSMOS-2 checkpoint in the Hugging Face layout into a model package.

  npm run -s import -- --from DIR --out DIR --quantize ${Object.keys(SCHEMES).join('|')} [options]

  --from DIR          folder with config.json, preprocessor_config.json, tokenizer.json and
                      model.safetensors (or model.safetensors.index.json and its shards)
  --out DIR           folder of the package; made when it is not there, a package in it is replaced
  --quantize SCHEME   how weights are stored:
                        f32, f16   as floats
                        q8         8 bits in blocks of 32
                        q4         4 bits for the decoder, 8 for the rest
                        q4-small   4 bits for everything
  --name NAME         name people see (the folder's name)
  --description TEXT  one sentence: what the model knows
  --licence SPDX      licence of the weights (NOASSERTION: unknown)
  --repository NAME   where the checkpoint came from (the folder's name)
  --revision ID       which state of it
  --report FILE       also writes the error of every stored weight, as JSON
  --force             accepts an --out folder that holds something else than a package; other files in it stay
  --help              prints this`;

const options = {
  from: { type: 'string' },
  out: { type: 'string' },
  quantize: { type: 'string' },
  name: { type: 'string' },
  description: { type: 'string', default: '' },
  licence: { type: 'string', default: 'NOASSERTION' },
  repository: { type: 'string' },
  revision: { type: 'string' },
  report: { type: 'string' },
  force: { type: 'boolean', default: false },
} as const;

await runCli({ name: 'import', usage: USAGE, options }, async (values) => {
  const from = required(values.from, 'from');
  const out = required(values.out, 'out');
  const scheme = required(values.quantize, 'quantize');
  if (!isSchemeName(scheme)) {
    throw new UsageError(`--quantize ${scheme} is not one of ${Object.keys(SCHEMES).join(', ')}.`);
  }
  if (resolve(from) === resolve(out)) throw new UsageError('--out must be another folder than --from.');
  const folder = basename(resolve(from));
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const errors: WeightError[] = [];
  const { manifest, extras } = await replacePackage(from, out, values.force, {
    scheme,
    name: values.name ?? folder,
    description: values.description,
    licence: values.licence,
    source: { repository: values.repository ?? folder, revision: values.revision ?? null },
    signal: stop.signal,
    onProgress: process.stderr.isTTY ? progressLine() : undefined,
    onWeight: values.report === undefined ? undefined : (error) => errors.push(error),
  });
  for (const name of extras) process.stderr.write(`import: ${name} is no part of KOSMOS-2 and was left out.\n`);
  if (values.report !== undefined) await writeReport(values.report, errors);
  const files = Object.values(manifest.files);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  process.stdout.write(`${out}: ${files.length + 1} files, ${(bytes / 1e6).toFixed(1)} MB, ${scheme}\n`);
});

/** Imports in the place of the package that lies in `out`, if any. A failure leaves no package there, whole or half. */
async function replacePackage(from: string, out: string, force: boolean, to: ImportOptions): Promise<ImportResult> {
  const sink = folderSink(out);
  const ours = new Set(await oldPackageFiles(out, force));
  const tracked = {
    ...sink,
    async write(name: string, bytes: Uint8Array) {
      ours.add(name);
      await sink.write(name, bytes);
    },
  };
  try {
    const result = await importCheckpoint(folderCheckpoint(from), tracked, to);
    for (const name of ours) {
      if (name !== MANIFEST_FILE && !Object.hasOwn(result.manifest.files, name)) await sink.remove(name);
    }
    return result;
  } catch (thrown) {
    if (process.stderr.isTTY) process.stderr.write('\x1b[K');
    // Half a package is of no use, and would only stand in the way of the next try. One that still has its manifest
    // was not touched yet.
    const left = await readdir(out).catch((): string[] => []);
    if (!left.includes(MANIFEST_FILE)) for (const name of ours) await sink.remove(name);
    throw thrown;
  }
}

/**
 * Files of the package that lies in a folder, for they will be replaced; none in an empty folder or where none is.
 * @throws AppError OPTION_INVALID for a folder of other things, unless forced: its owner may have mistyped
 */
async function oldPackageFiles(folder: string, force: boolean): Promise<string[]> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw new AppError('OPTION_INVALID', `--out ${folder} is no folder (${cause.code}); choose another.`, {}, cause);
  });
  if (names.length === 0) return [];
  try {
    const bytes = await folderFiles(folder).read(MANIFEST_FILE, { maxBytes: MAX_MANIFEST_BYTES });
    return Object.keys(parseManifest(parseJsonObject(MANIFEST_FILE, bytes, 'PACKAGE_MANIFEST_INVALID')).files);
  } catch (cause) {
    if (force) return [];
    const message = `--out ${folder} holds files but no package; choose another folder, or add --force to write there.`;
    throw new AppError('OPTION_INVALID', message, { folder }, cause);
  }
}

async function writeReport(path: string, errors: readonly WeightError[]): Promise<void> {
  await writeFile(path, `${JSON.stringify(errors, null, 2)}\n`).catch((cause) => {
    const message = `The package is complete, but its report could not be written to ${path} (${cause.code}); choose another place.`;
    throw new AppError('OPTION_INVALID', message, { path }, cause);
  });
}

function progressLine(): (done: number, total: number, weight: string) => void {
  let shown = -1;
  return (done, total, weight) => {
    const percent = Math.floor((done / total) * 100);
    if (percent === shown) return;
    shown = percent;
    // Clears the line and goes back to its start, so that whatever is said next stands in its place.
    process.stderr.write(`\x1b[K${percent === 100 ? '' : `${percent}% ${weight}`}\r`);
  };
}
