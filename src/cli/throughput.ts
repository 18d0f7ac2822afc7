import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Prompt } from '../kosmos2/prompt.ts';
import { openPackage } from '../package/open-package.ts';
import { threeDigits } from '../protocol/three-digits.ts';
import type { RgbImage } from '../runtime/image/pixels.ts';
import { runCli, wholeNumber } from './cli.ts';
import { decodeImageFile } from './decode-image.ts';
import { backendsOf, backendWords, openEngineFor } from './engine-options.ts';
import { folderFiles } from './folder-files.ts';
import { folderPictures } from './ground/pictures.ts';
import type { AnsweringEngine } from './grounder.ts';
import { loadNativeOrt } from './native-ort.ts';

const usage = `Measures how many questions this machine answers: device by device, one and several at once.

  npm run -s throughput [-- options]

  --model DIR          model package (default: public/models/demo)
  --images DIR         pictures that are asked about in turn (default: public/samples)
  --devices LIST       as in ground --device; all but wasm need onnxruntime-node (default: wasm, and cpu where that is installed)
  --batch-sizes LIST   answers written at once (default: 1,4,16)
  --requests N         questions of one measurement, at most 256 (default: 64)
  --rounds N           runs of each measurement, the fastest of which counts (default: 3)
  --max-new-tokens N   most tokens of an answer (default: the package's)
  --threads N          CPU threads (default: all cores, at most 8)
  --help               this text

Prints a Markdown table. "own picture": every question is about a picture of its own, which is encoded first; "shared": all are
about one that has been read before, so that most of the time goes into writing. Where other programs run too, processor time
(with --threads 1, for threads that wait take some as well) tells more than rates.`;

const options = {
  model: { type: 'string', default: 'public/models/demo' },
  images: { type: 'string', default: 'public/samples' },
  devices: { type: 'string' },
  'batch-sizes': { type: 'string', default: '1,4,16' },
  requests: { type: 'string', default: '64' },
  rounds: { type: 'string', default: '3' },
  'max-new-tokens': { type: 'string' },
  threads: { type: 'string' },
} as const;

/** Answers of different lengths. */
const PROMPTS = [
  '<grounding>An image of',
  '<grounding>Describe this image in detail:',
  '<grounding><phrase> a snowman</phrase>',
  'Question: What is in the picture? Answer:',
];
const MOST_REQUESTS = 256;
const MOST_TOKENS = 2048;
const MOST_ROUNDS = 100;

interface Rate {
  readonly answers: number;
  readonly tokens: number;
  readonly seconds: number;
  /** Milliseconds of processor time, of all threads together. */
  readonly processor: number;
}

await runCli({ name: 'throughput', usage, options }, async (values) => {
  const requests = wholeNumber(values.requests, 'requests', 1, MOST_REQUESTS);
  const most = values['max-new-tokens'];
  const decoding = most === undefined ? {} : { maxNewTokens: wholeNumber(most, 'max-new-tokens', 1, MOST_TOKENS) };
  const rounds = wholeNumber(values.rounds, 'rounds', 1, MOST_ROUNDS);
  const sizes = values['batch-sizes'].split(',').map((size) => wholeNumber(size, 'batch-sizes', 1, MOST_REQUESTS));
  const names = await folderPictures(values.images);
  const pictures = await Promise.all(names.map((name) => decodeImageFile(join(values.images, name))));
  const devices = values.devices ?? (loadNativeOrt().ort ? 'wasm,cpu' : 'wasm');
  // Each is known to be one before the first is measured.
  const backends = devices.split(',').map((device) => backendsOf({ ...values, device }));
  const pkg = await openPackage(folderFiles(values.model));
  process.stdout.write(
    `${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}, ${pkg.manifest.name}\n\n`,
  );
  process.stdout.write(
    '| runs on | at once | own picture: answers/s | tokens/s | CPU ms/token | shared: answers/s | tokens/s | CPU ms/token |\n',
  );
  process.stdout.write('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n');
  for (const makers of backends) {
    for (const atOnce of sizes) {
      const { engine, backend } = await openEngineFor(pkg, makers, atOnce);
      // The first answers compile, page weights in, and let the cache grow.
      await measure(engine, pictures, Math.min(requests, 2 * atOnce), false, decoding);
      const own: Rate[] = [];
      const shared: Rate[] = [];
      for (let round = 0; round < rounds; round++) {
        own.push(await measure(engine, pictures, requests, false, decoding));
        shared.push(await measure(engine, pictures, requests, true, decoding));
      }
      await engine.dispose();
      const rates = [fastest(own), fastest(shared)].flatMap(({ answers, tokens, seconds, processor }) => [
        answers / seconds,
        tokens / seconds,
        processor / tokens,
      ]);
      const cells = rates.map(threeDigits).join(' | ');
      process.stdout.write(`| ${backendWords(backend)} | ${atOnce} | ${cells} |\n`);
    }
  }
});

/** Other programs only ever make a run slower. */
function fastest(rates: readonly Rate[]): Rate {
  const least = (of: (rate: Rate) => number) => Math.min(...rates.map(of));
  return { ...(rates[0] as Rate), seconds: least((rate) => rate.seconds), processor: least((rate) => rate.processor) };
}

/** Asks all questions at once and waits for the last answer. */
async function measure(
  engine: AnsweringEngine,
  pictures: readonly RgbImage[],
  requests: number,
  shared: boolean,
  decoding: { readonly maxNewTokens?: number },
): Promise<Rate> {
  const ids = shared ? ['shared'] : Array.from({ length: requests }, (_, i) => `picture ${i}`);
  for (const [i, id] of ids.entries()) engine.setImage(id, pictures[i % pictures.length] as RgbImage);
  const ask = (i: number) => {
    const image = ids[i % ids.length] as string;
    const text = PROMPTS[i % PROMPTS.length] as string;
    const prompt: Prompt = [
      { kind: 'image', image },
      { kind: 'raw', text },
    ];
    return engine.answer({ prompt, options: decoding });
  };
  if (shared) await ask(0);
  const used = process.cpuUsage();
  const started = performance.now();
  const results = await Promise.all(Array.from({ length: requests }, (_, i) => ask(i)));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  for (const id of ids) engine.dropImage(id);
  const tokens = results.reduce((sum, result) => sum + result.ids.length, 0);
  return { answers: requests, tokens, seconds, processor: (user + system) / 1000 };
}
