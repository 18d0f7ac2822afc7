import { cpus } from 'node:os';
import { parseText } from '../kosmos2/answer-parser.ts';
import { readSpecialTokens } from '../kosmos2/special-tokens.ts';
import { importCheckpoint } from '../package/import-checkpoint.ts';
import { packageBytes } from '../package/manifest.ts';
import { openPackage } from '../package/open-package.ts';
import type { PackageSink } from '../package/package-sink.ts';
import { AppError } from '../protocol/errors.ts';
import { measure } from '../runtime/bench/measure.ts';
import { pixelValues } from '../runtime/image/pixel-values.ts';
import { onFirstBackend, openEngine, openParts } from '../runtime/open-engine.ts';
import { createCodec } from '../runtime/tokenizer.ts';
import { blockBytes } from '../tensors/dequantize.ts';
import { quantizeRows } from '../tensors/quantize.ts';
import { QUANTIZATION_BLOCK } from '../tensors/weight-index.ts';
import { products } from './bench/products.ts';
import { type Row, table } from './bench/table.ts';
import { runCli, wholeNumber } from './cli.ts';
import { backendsOf, backendWords } from './engine-options.ts';
import { folderCheckpoint, folderFiles } from './folder-files.ts';

const MOST_RUNS = 1000;

const usage = `Measures every stage of the engine on this machine, in Node.

  npm run -s bench [-- options]

  --model DIR        model package (default: public/models/demo)
  --checkpoint DIR   checkpoint whose import is measured (default: test/fixtures/demo-model)
  --device NAME      as in ground (default: wasm)
  --threads N        CPU threads (default: 1)
  --runs N           counted runs of each stage, 3 to ${MOST_RUNS} (default: 7)
  --json             print one JSON object
  --help             this text`;

const options = {
  model: { type: 'string', default: 'public/models/demo' },
  checkpoint: { type: 'string', default: 'test/fixtures/demo-model' },
  device: { type: 'string', default: 'wasm' },
  threads: { type: 'string', default: '1' },
  runs: { type: 'string', default: '7' },
  json: { type: 'boolean' },
} as const;

/** A photograph's size: 12 megapixels. */
const PHOTO = { width: 4000, height: 3000 };
const WORDS = 'a small green frog sits on the left of two red cars. '.repeat(20);
const ANSWER = '<grounding> An image of<phrase> a frog</phrase><object><patch_index_0044><patch_index_0863></object>.';
/** Positions in the KV cache at which a token is decoded. */
const KV_LENGTHS = [64, 256, 500];
const PREFILL_TOKENS = 60;
/** 16.8 MB of float32: a matrix of 2048 x 2048. */
const WEIGHT_NUMBERS = 2 ** 22;

await runCli({ name: 'bench', usage, options }, async (values) => {
  const runs = wholeNumber(values.runs, 'runs', 3, MOST_RUNS);
  const backends = backendsOf(values);
  const rows: Row[] = [];
  const time = async (stage: string, amount: number, unit: string, run: () => unknown) => {
    rows.push({ stage, time: await measure(runs, run), amount, unit });
    if (process.stderr.isTTY) process.stderr.write(`${stage}\n`);
  };

  const pkg = await openPackage(folderFiles(values.model));
  const checkpoint = folderCheckpoint(values.checkpoint);
  const weights = await checkpoint.open('model.safetensors');
  if (!weights) {
    const message = `--checkpoint ${values.checkpoint} has no model.safetensors. Check the path.`;
    throw new AppError('PACKAGE_FILE_MISSING', message, { folder: values.checkpoint });
  }
  const { config, preprocessor, tokenizer, tokenizerConfig } = pkg;
  const photo = { ...PHOTO, data: new Uint8Array(PHOTO.width * PHOTO.height * 3).map((_, i) => (i * 7919) >> 3) };
  await time('preprocess a photograph', (PHOTO.width * PHOTO.height) / 1e6, 'megapixels', () =>
    pixelValues(photo, preprocessor),
  );

  const codec = createCodec(tokenizer, tokenizerConfig);
  await time('tokenize', WORDS.length / 1000, 'thousand characters', () => codec.encodeText(WORDS));
  const specials = readSpecialTokens(tokenizer);
  await time('parse an answer', 1, 'answer', () => parseText(ANSWER, specials).snapshot());

  const weight = Float32Array.from({ length: WEIGHT_NUMBERS }, (_, i) => Math.sin(i * i) / 50);
  for (const encoding of ['q4', 'q8'] as const) {
    const codes = new Uint8Array((WEIGHT_NUMBERS / QUANTIZATION_BLOCK) * blockBytes(encoding));
    const scales = new Uint16Array(WEIGHT_NUMBERS / QUANTIZATION_BLOCK);
    await time(`quantize a weight as ${encoding}`, weight.byteLength / 1e6, 'MB', () =>
      quantizeRows(encoding, weight, codes, scales, 'weight'),
    );
  }

  const sink: PackageSink = {
    location: 'nowhere',
    write: async () => {},
    remove: async () => {},
    read: async (name) => {
      throw new AppError('PACKAGE_FILE_MISSING', `${name} is not kept.`);
    },
  };
  await time('import as q8', weights.size / 1e6, 'MB', () =>
    importCheckpoint(checkpoint, sink, {
      scheme: 'q8',
      name: '',
      description: '',
      licence: '',
      source: { repository: '', revision: null },
    }),
  );

  await time('open the package', packageBytes(pkg.manifest) / 1e6, 'MB', () => openPackage(folderFiles(values.model)));
  await time('build graphs and sessions', 1, 'model', async () => (await openEngine(pkg, backends)).dispose());

  const { parts, backend } = await onFirstBackend(backends, {}, async (backend) => ({
    parts: await openParts(backend, pkg),
    backend: backend.info,
  }));
  const { vision, decoder } = parts;
  const { channels, imageSize } = config.vision;
  await time('encode an image', 1, 'image', () => vision.encode(new Float32Array(channels * imageSize * imageSize)));
  const hidden = (count: number) => new Float32Array(count * config.text.embedDim).map((_, i) => Math.sin(i));
  await time('prefill', PREFILL_TOKENS, 'tokens', async () => {
    decoder.rewind(0);
    await decoder.run(hidden(PREFILL_TOKENS));
  });
  for (const length of KV_LENGTHS) {
    // Each run makes the sequence one longer, which is what decoding does; the first is not counted.
    if (length + runs + 1 > decoder.capacity) {
      process.stderr.write(`Not decoded at ${length} positions: the model's memory holds ${decoder.capacity}.\n`);
      continue;
    }
    decoder.rewind(0);
    while (decoder.length < length) await decoder.run(hidden(Math.min(decoder.longestRun, length - decoder.length)));
    await time(`decode at ${length} positions`, 1, 'token', () => decoder.run(hidden(1)));
  }
  if (decoder.backend.target.device === 'wasm') {
    for await (const { name, run } of products(decoder.backend)) await time(name, 1, 'product', run);
  }

  const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}, ${backendWords(backend)}`;
  process.stdout.write(
    values.json ? `${JSON.stringify({ machine, model: pkg.manifest.name, rows })}\n` : table(machine, rows),
  );
  process.exit();
});
