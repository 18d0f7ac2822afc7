import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, statfs } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../protocol/errors.ts';
import { runCli, UsageError, wholeNumber } from './cli.ts';
import { type RehearsalSettings, type RehearsalStep, rehearse, STEPS } from './rehearsal-steps.ts';

const usage = `Runs a model of KOSMOS-2's full size (1.6 billion random numbers) through everything but its meaning.

  npm run -s rehearsal -- [options]

It writes a checkpoint of 6.6 GB, imports it (q4), opens it on WASM and generates some tokens, each step in a process of its
own; then the same with MatMulNBits, which the int8 graph replaced. Prints a Markdown table of times and memory. Takes
9 GB of disk and 4 GB of memory.

  --dir DIR        where its files go (default .cache/rehearsal); made and removed
  --keep           leaves them there, and takes over those of an earlier run
  --tokenizer FILE the official tokenizer.json (default: the one of the tests)
  --image FILE     picture to ask about (default: a sample)
  --threads N      threads of WASM (default 1)
  --tokens N       tokens to generate (default 9)
  --step NAME      only this step, result as JSON: checkpoint, import, int8 or blocks
  --help           this text`;

const options = {
  dir: { type: 'string', default: '.cache/rehearsal' },
  keep: { type: 'boolean', default: false },
  tokenizer: { type: 'string', default: rootFile('test/fixtures/reference/tokenizer/tokenizer.json') },
  image: { type: 'string', default: rootFile('public/samples/room.png') },
  threads: { type: 'string', default: '1' },
  tokens: { type: 'string', default: '9' },
  step: { type: 'string' },
} as const;

/** What a step took; the rest of it in words. */
interface StepResult {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly words: string;
}

const DISK_BYTES = 9e9;
/** What it makes in its folder. */
const PARTS = ['checkpoint', 'package'];
/** What a step writes last: where it is there, an earlier run has finished that step. */
const LAST_FILES: Readonly<Record<string, string>> = {
  checkpoint: 'checkpoint/model.safetensors',
  import: 'package/manifest.json',
};

await runCli({ name: 'rehearsal', usage, options }, async (values) => {
  const { dir, tokenizer, image } = values;
  const settings = {
    dir,
    tokenizer,
    image,
    threads: wholeNumber(values.threads, 'threads', 1, 64),
    tokens: wholeNumber(values.tokens, 'tokens', 1, 999),
  };
  if (values.step !== undefined) {
    if (!(values.step in STEPS)) throw new UsageError(`--step is one of ${Object.keys(STEPS).join(', ')}.`);
    process.stdout.write(`${JSON.stringify(await measure(values.step as RehearsalStep, settings))}\n`);
    return;
  }
  await makeOwnFolder(dir);
  if (!values.keep) await Promise.all(PARTS.map((part) => rm(join(dir, part), { recursive: true, force: true })));
  const { bavail, bsize } = await statfs(dir);
  if (!values.keep && bavail * bsize < DISK_BYTES) {
    throw new AppError('OPTION_INVALID', `The rehearsal needs 9 GB of disk, but ${bavail * bsize} bytes are free.`);
  }
  process.stdout.write(`${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}, `);
  process.stdout.write(`${settings.threads} WASM threads, ${new Date().toISOString().slice(0, 10)}\n\n`);
  process.stdout.write('| step | seconds | peak memory (MB) | |\n| --- | ---: | ---: | --- |\n');
  for (const [step, title] of Object.entries(STEPS)) {
    const last = LAST_FILES[step];
    if (last !== undefined && existsSync(join(dir, last))) {
      process.stdout.write(`| ${title} | | | by an earlier run |\n`);
      continue;
    }
    const { seconds, peakBytes, words } = await runStep(step);
    process.stdout.write(`| ${title} | ${seconds.toFixed(1)} | ${Math.round(peakBytes / 1e6)} | ${words} |\n`);
  }
  if (!values.keep) await rm(dir, { recursive: true, force: true });
});

/** Makes the folder, or takes it over where it holds nothing else than an earlier run's files: it is removed in the end. */
async function makeOwnFolder(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const other = (await readdir(dir)).find((name) => !PARTS.includes(name));
  if (other === undefined) return;
  throw new AppError('OPTION_INVALID', `--dir ${dir} holds ${other}; choose a folder that is empty or not there.`, {
    dir,
  });
}

/** Runs one step in a new process, so that its peak memory is its own. */
function runStep(step: string): Promise<StepResult> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1), '--step', step], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(output) as StepResult);
      else reject(new AppError('RUNTIME_FAILED', `The step ${step} ended with code ${code}.`));
    });
  });
}

async function measure(step: RehearsalStep, settings: RehearsalSettings): Promise<StepResult> {
  const started = performance.now();
  const words = await rehearse[step](settings);
  const seconds = (performance.now() - started) / 1000;
  return { seconds, peakBytes: process.resourceUsage().maxRSS * 1024, words };
}

function rootFile(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
