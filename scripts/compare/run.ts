/**
 * `npm run compare`: our WASM path, PyTorch on the CPU and a plain ONNX export on the same onnxruntime-web, side by side on
 * one random checkpoint of the full architecture: time to the first token, tokens a second, memory, as ratios of one run.
 * `--threads N`, `--tokens N`, `--rounds N`; `--size small|middle`; `--python FILE`, one that has the packages of
 * scripts/compare/requirements.txt, in place of an environment of its own (3 GB); `--json FILE`. Leaves some GB in .cache/compare.
 */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { countOf, oneOf } from '../options.ts';
import { ensurePython } from '../python.mjs';
import { fail, SetupError } from '../setup.mjs';
import { logitsOf, prepare } from './prepare.ts';
import { best, logitsError, type Measured } from './sides.ts';

/** `middle` takes the int8 path, as the full model does; `small` is quick and stays in float32. */
const SIZES = {
  small: {
    text_config: { embed_dim: 512, attention_heads: 8, ffn_dim: 2048, layers: 4 },
    vision_config: { hidden_size: 256, num_attention_heads: 4, intermediate_size: 1024, num_hidden_layers: 4 },
  },
  middle: {
    text_config: { embed_dim: 1024, attention_heads: 16, ffn_dim: 4096, layers: 20 },
    vision_config: { hidden_size: 512, num_attention_heads: 8, intermediate_size: 2048, num_hidden_layers: 6 },
  },
} as const;

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '1' },
    tokens: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '2' },
    size: { type: 'string', default: 'middle' },
    python: { type: 'string' },
    json: { type: 'string' },
  },
});
const size = oneOf(['small', 'middle'], 'size', values.size);
const threads = countOf('threads', values.threads);
const tokens = countOf('tokens', values.tokens, 2);
const rounds = countOf('rounds', values.rounds);
const python = values.python ?? (await pythonOf());
const work = root(`.cache/compare/${size}`);
await mkdir(work, { recursive: true });
const config = { model_type: 'kosmos-2', latent_query_num: 64, ...SIZES[size] };
say('Checkpoint and package');
await prepare(
  work,
  config,
  root('test/fixtures/reference/tokenizer/tokenizer.json'),
  root('public/self-test/snowman.jpg'),
);
say('Plain export');
const { error: exportError } = await lastLine<{ error: number }>(python, [
  root('scripts/compare/export_plain.py'),
  work,
]);

const numbers = [threads, tokens, 1].map(String);
const tsx = ['--import', 'tsx'];
const SIDES = {
  ours: () => lastLine<Measured>(process.execPath, [...tsx, root('scripts/compare/ours.ts'), work, ...numbers]),
  torch: () => lastLine<Measured>(python, [root('scripts/compare/torch_side.py'), work, ...numbers]),
  plain: () => lastLine<Measured>(process.execPath, [...tsx, root('scripts/compare/plain.ts'), work, ...numbers]),
} as const;
type Side = keyof typeof SIDES;
const sides = Object.keys(SIDES) as Side[];
const runs: Record<Side, Measured[]> = { ours: [], torch: [], plain: [] };
// One after the other, in turns: what else the machine does falls on all of them.
for (let round = 1; round <= rounds; round++) {
  for (const side of sides) {
    say(`Round ${round}: ${side}`);
    const run = await SIDES[side]();
    // Random weights may end an answer by chance: times of answers of other lengths say nothing.
    if (run.ids.length !== tokens)
      fail(new SetupError(`${side} wrote ${run.ids.length} tokens; choose other --tokens.`));
    runs[side].push(run);
  }
}

const truth = await logitsOf(work, 'torch');
const rows = await Promise.all(
  sides.map(async (side) => {
    const logits = await logitsOf(work, side);
    return { side, ...best(runs[side]), error: truth && logits ? logitsError(truth, logits) : null };
  }),
);
const ours = rows[0] as (typeof rows)[number];
const day = new Date().toISOString().slice(0, 10);
console.info(
  `${cpus()[0]?.model}, ${threads} threads, ${tokens} tokens, ${size}, ${day}; the export differs from PyTorch by ${exportError.toExponential(1)} in float32\n`,
);
console.info(
  '| | open (s) | first token (s) | tokens/s | peak memory (MB) | error of logits | ours: first token | tokens/s | memory |',
);
console.info('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
for (const row of rows) {
  const times = (ratio: number) => `${ratio.toFixed(2)}x`;
  const cells = [
    row.runtime,
    row.open.toFixed(1),
    row.firstToken.toFixed(2),
    row.tokensPerSecond.toFixed(2),
    (row.peakBytes / 1e6).toFixed(0),
    row.error === null ? '' : `${(100 * row.error).toFixed(2)}%`,
    times(row.firstToken / ours.firstToken),
    times(ours.tokensPerSecond / row.tokensPerSecond),
    times(row.peakBytes / ours.peakBytes),
  ];
  console.info(`| ${cells.join(' | ')} |`);
}
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(rows, null, 1)}\n`);

async function pythonOf(): Promise<string> {
  const found = await ensurePython('scripts/compare', 'to compare with PyTorch');
  return found.missing === undefined ? found.python : fail(new SetupError(found.missing));
}

/** Runs a side and reads the JSON of its last line; what it says besides goes to stderr. */
function lastLine<T>(command: string, args: readonly string[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root('.'), stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const line = output.trim().split('\n').at(-1) ?? '';
      if (code === 0 && line.startsWith('{')) resolve(JSON.parse(line) as T);
      else reject(new Error(`${command} ${args[0]} ended with ${code}.`));
    });
  });
}

function say(words: string): void {
  process.stderr.write(`${words} ...\n`);
}
