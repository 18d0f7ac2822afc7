import { readdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { importCheckpoint } from '../package/import-checkpoint.ts';
import { holdsPackage, JOURNAL_FILE } from '../package/import-journal.ts';
import { packageBytes } from '../package/manifest.ts';
import type { PackageSink } from '../package/package-sink.ts';
import { isSchemeName, SCHEMES } from '../package/schemes.ts';
import type { WeightError } from '../package/weight-error.ts';
import { AppError } from '../protocol/errors.ts';
import { HUB_ENDPOINT } from '../storage/hub-checkpoint.ts';
import { checkWritable } from './check-writable.ts';
import { checkpointSource } from './checkpoint-source.ts';
import { required, runCli, UsageError } from './cli.ts';
import { folderSink, PART } from './folder-files.ts';
import { progressLine } from './progress-line.ts';

const USAGE = `Turns a KOSMOS-2 checkpoint in the Hugging Face layout into a model package.

  npm run -s import -- --from DIR|hf:OWNER/NAME[@REVISION]|https://... --out DIR --quantize ${Object.keys(SCHEMES).join('|')} [options]

  --from SOURCE       a folder, a repository of the Hugging Face hub (hf:microsoft/kosmos-2-patch14-224, or the
                      address of its page), or a folder on the web; in it config.json, preprocessor_config.json,
                      tokenizer.json and model.safetensors (or model.safetensors.index.json and its shards)
  --out DIR           folder of the package; made when it is not there, a package in it is replaced
  --quantize SCHEME   how weights are stored:
                        f32, f16   as floats
                        q8         8 bits in blocks of 32
                        q4         4 bits for the decoder, 8 for the rest
                        q4-small   4 bits for everything
  --token-env NAME    environment variable with an access token of the hub; it is sent to the endpoint alone
  --endpoint URL      another hub, or a mirror (${HUB_ENDPOINT})
  --name NAME         name people see (the folder's or repository's name)
  --description TEXT  one sentence, of up to 2,000 characters: what the model knows
  --licence SPDX      licence of the weights (what the hub says, else NOASSERTION: unknown)
  --repository NAME   where the checkpoint came from (the repository's or folder's name)
  --revision ID       which state of it (the commit on the hub)
  --report FILE       also writes the error of every stored weight, as JSON
  --force             accepts an --out folder holding something other than a package; other files in it stay
  --help              prints this

An import that was stopped, killed or cut off goes on where it was when the same command is given again.`;

const options = {
  from: { type: 'string' },
  out: { type: 'string' },
  quantize: { type: 'string' },
  'token-env': { type: 'string' },
  endpoint: { type: 'string' },
  name: { type: 'string' },
  description: { type: 'string', default: '' },
  licence: { type: 'string' },
  repository: { type: 'string' },
  revision: { type: 'string' },
  report: { type: 'string' },
  force: { type: 'boolean', default: false },
} as const;

/** Exit code of a process that was interrupted, as shells count it (128 + SIGINT). */
const INTERRUPTED = 130;

const MOST_WARNINGS = 20;

await runCli({ name: 'import', usage: USAGE, options }, async (values) => {
  const from = required(values.from, 'from');
  const out = required(values.out, 'out');
  const scheme = required(values.quantize, 'quantize');
  if (!isSchemeName(scheme)) {
    throw new UsageError(`--quantize ${scheme} is not one of ${Object.keys(SCHEMES).join(', ')}.`);
  }
  if (resolve(from) === resolve(out)) throw new UsageError('--out must be another folder than --from.');
  const sink = folderSink(out);
  await checkTarget(out, sink, values.force);
  if (values.report !== undefined) await checkWritable(values.report, 'report');
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const progress = progressLine(process.stderr);
  try {
    const { signal } = stop;
    const source = await checkpointSource(from, { tokenEnv: values['token-env'], endpoint: values.endpoint, signal });
    const { manifest, extras, errors } = await importCheckpoint(source.files, sink, {
      scheme,
      name: values.name ?? source.name,
      description: values.description,
      licence: values.licence ?? source.licence ?? 'NOASSERTION',
      source: {
        repository: values.repository ?? source.repository,
        revision: values.revision ?? source.revision,
      },
      signal,
      onProgress: progress.show,
      report: values.report !== undefined,
    });
    progress.clear();
    warnOf(extras);
    if (values.report !== undefined) await writeReport(values.report, errors);
    const files = 1 + Object.keys(manifest.files).length;
    process.stdout.write(`${out}: ${files} files, ${(packageBytes(manifest) / 1e6).toFixed(1)} MB, ${scheme}\n`);
  } catch (thrown) {
    progress.clear();
    if (!stop.signal.aborted) throw thrown;
    process.stderr.write('import: stopped; the same command goes on from here.\n');
    process.exitCode = INTERRUPTED;
  }
});

/**
 * Checks that a package may be written to a folder: it is empty, not there, or holds a package or an unfinished one.
 * @throws AppError OPTION_INVALID for a folder of other things, unless forced: its owner may have mistyped
 */
async function checkTarget(folder: string, sink: PackageSink, force: boolean): Promise<void> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw new AppError('OPTION_INVALID', `--out ${folder} is no folder (${cause.code}); choose another.`, {}, cause);
  });
  // All that an import leaves that was killed in its very first write.
  const others = names.filter((name) => name !== `${JOURNAL_FILE}${PART}`);
  if (others.length === 0 || force || (await holdsPackage(sink))) return;
  const message = `--out ${folder} holds files but no package; choose another folder, or add --force to write there.`;
  throw new AppError('OPTION_INVALID', message, { folder });
}

/** Names from a file: quoted, since they may hold anything, and not more of them than a person reads. */
function warnOf(extras: readonly string[]): void {
  for (const name of extras.slice(0, MOST_WARNINGS)) {
    const shown = JSON.stringify(name).slice(0, 120);
    process.stderr.write(`import: ${shown} is no part of KOSMOS-2 and was left out.\n`);
  }
  const rest = extras.length - MOST_WARNINGS;
  if (rest > 0) process.stderr.write(`import: so were ${rest} more tensors.\n`);
}

async function writeReport(path: string, errors: readonly WeightError[]): Promise<void> {
  await writeFile(path, `${JSON.stringify(errors, null, 2)}\n`).catch((cause) => {
    const message = `The package is complete, but its report could not be written to ${path} (${cause.code}); choose another place.`;
    throw new AppError('OPTION_INVALID', message, { path }, cause);
  });
}
