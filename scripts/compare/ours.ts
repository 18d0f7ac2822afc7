/** Our WASM path, in a process of its own: `ours.ts WORK THREADS TOKENS ROUNDS`. Prints what it measured as JSON. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeImageFile } from '../../src/cli/decode-image.ts';
import { folderFiles } from '../../src/cli/folder-files.ts';
import { forcedLogits } from '../../src/cli/teacher-forcing.ts';
import { buildSequence } from '../../src/kosmos2/sequence.ts';
import { readSpecialTokens } from '../../src/kosmos2/special-tokens.ts';
import { captionPrompt } from '../../src/kosmos2/task-prompts.ts';
import { openPackage } from '../../src/package/open-package.ts';
import type { GenerationResult } from '../../src/protocol/generation.ts';
import { Engine } from '../../src/runtime/engine.ts';
import { pixelValues } from '../../src/runtime/image/pixel-values.ts';
import { nodeBackend } from '../../src/runtime/node-backend.ts';
import { openParts } from '../../src/runtime/open-engine.ts';
import { createCodec } from '../../src/runtime/tokenizer.ts';
import type { Measured } from './sides.ts';

const [work = '', ...numbers] = process.argv.slice(2);
const [threads = 1, tokens = 32, rounds = 1] = numbers.map(Number);
const started = performance.now();
const pkg = await openPackage(folderFiles(join(work, 'package')));
const backend = await nodeBackend(threads);
const { vision, decoder } = await openParts(backend, pkg);
const codec = createCodec(pkg.tokenizer, pkg.tokenizerConfig);
const engine = new Engine(backend, pkg, vision, decoder, codec);
const opened = (performance.now() - started) / 1000;
const picture = await decodeImageFile(join(work, 'picture.jpg'));

const runs: GenerationResult[] = [];
for (let round = 0; round <= rounds; round++) {
  // A new picture every time, so that it is encoded and read again.
  const image = `picture ${round}`;
  engine.setImage(image, picture);
  const options = { grammar: false, noRepeatNgramSize: 0, maxNewTokens: round === 0 ? 2 : tokens };
  for await (const event of engine.generate({ prompt: captionPrompt(image), options })) {
    if (event.type === 'result' && round > 0) runs.push(event.result);
  }
  engine.dropImage(image);
}
const peakBytes = process.resourceUsage().maxRSS * 1024;

// The logits of the first token, for a comparison with the other sides. Last, for it leaves other words in the cache.
const { ids, imageSpans } = buildSequence(
  captionPrompt('picture'),
  codec,
  readSpecialTokens(pkg.tokenizer),
  pkg.config.latentQueryNum,
);
const rows = await vision.encode(pixelValues(picture, pkg.preprocessor));
const sequence = { ids: [...ids, 0], imageSpans, images: [{ key: 'picture', rows }] };
for await (const logits of forcedLogits(sequence, ids.length, pkg, decoder)) {
  await writeFile(join(work, 'ours-logits.f32'), new Uint8Array(logits.slice().buffer));
}
await engine.dispose();
const measured: Measured = {
  open: opened,
  firstToken: Math.min(...runs.map(({ timings }) => timings.firstToken)) / 1000,
  tokensPerSecond: Math.max(...runs.map(({ timings }) => timings.tokensPerSecond)),
  peakBytes,
  ids: runs[0]?.ids ?? [],
  runtime: `onnxruntime-web, our graphs, ${backend.info.adapter}`,
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
