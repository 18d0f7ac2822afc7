import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { packageBytes } from '../package/manifest.ts';
import type { ModelPackage } from '../package/model-package.ts';
import { openPackage } from '../package/open-package.ts';
import { AppError } from '../protocol/errors.ts';
import { OFFICIAL_REPOSITORY } from '../protocol/inspection.ts';
import type { Decoder } from '../runtime/decoder.ts';
import { Engine } from '../runtime/engine.ts';
import { pixelValues } from '../runtime/image/pixel-values.ts';
import type { RgbImage } from '../runtime/image/pixels.ts';
import { nodeBackend } from '../runtime/node-backend.ts';
import { openParts } from '../runtime/open-engine.ts';
import type { SelfTestCase } from '../runtime/self-test-cases.ts';
import { createCodec } from '../runtime/tokenizer.ts';
import type { VisionEncoder } from '../runtime/vision-encoder.ts';
import { required, runCli } from './cli.ts';
import { decodeImageFile } from './decode-image.ts';
import { threadsOf } from './engine-options.ts';
import { folderFiles } from './folder-files.ts';
import { firstChoices } from './teacher-forcing.ts';

const usage = `Checks a model package: every file against its hash, the graphs, a few tokens, and, where an answer of the
reference implementation is recorded for its weights (the official KOSMOS-2, the demo model), that answer id by id.

  npm run -s verify -- --model DIR [--threads N]

  --model DIR    model package (see: npm run -s import -- --help)
  --threads N    CPU threads (default: all cores, at most 8)
  --help         this text

Every choice that is not the recorded one is printed: 4 bits may move a near tie. Ends with exit code 1 where a file is
damaged, the model does not run, or fewer than 80% of its choices are those recorded.`;

const options = { model: { type: 'string' }, threads: { type: 'string' } } as const;

/** Recorded answers, one for every repository whose weights are known. */
const RECORDED = new URL('../../public/self-test/', import.meta.url);
/** What was imported from a folder has its name for a repository. */
const HINT = `if these are the official weights, import them with --repository ${OFFICIAL_REPOSITORY}`;
const TOKENS = 8;
/** Quantization moves near ties, a few percent of the choices; broken numbers leave hardly one as it was. */
const LEAST_SHARE = 0.8;

interface Opened {
  readonly pkg: ModelPackage;
  readonly engine: Engine;
  readonly vision: VisionEncoder;
  readonly decoder: Decoder;
}

await runCli({ name: 'verify', usage, options }, async (values) => {
  const folder = required(values.model, 'model');
  const threads = threadsOf(values.threads);

  const pkg = await openPackage(folderFiles(folder));
  const { name, scheme, licence, source, files } = pkg.manifest;
  const megabytes = packageBytes(pkg.manifest) / 1e6;
  say(
    `package  ${name}, ${scheme}, ${licence}, from ${source.repository} at ${source.revision ?? 'no known revision'}`,
  );
  say(`files    ${Object.keys(files).length}, ${megabytes.toFixed(1)} MB, every hash is right`);

  const started = performance.now();
  const backend = await nodeBackend(threads);
  const { vision, decoder } = await openParts(backend, pkg);
  say(`graphs   opened in ${((performance.now() - started) / 1000).toFixed(1)} s on ${backend.info.adapter}`);
  const codec = createCodec(pkg.tokenizer, pkg.tokenizerConfig);
  const opened = { pkg, engine: new Engine(backend, pkg, vision, decoder, codec), vision, decoder };
  try {
    const recorded = await recordedCase(source.repository);
    const picture = await decodeImageFile(fileURLToPath(new URL(recorded?.picture ?? 'snowman.jpg', RECORDED)));
    await answer(opened, picture);
    if (recorded) await compare(opened, picture, recorded);
    else say(`answers  none is recorded for ${source.repository} (${HINT})`);
  } finally {
    await opened.engine.dispose();
  }
});

/** Lets the model say a few tokens about a picture. */
async function answer({ engine }: Opened, picture: RgbImage): Promise<void> {
  engine.setImage('picture', picture);
  const prompt = [
    { kind: 'image', image: 'picture' },
    { kind: 'raw', text: '<grounding>An image of' },
  ] as const;
  for await (const event of engine.generate({ prompt, options: { maxNewTokens: TOKENS } })) {
    if (event.type !== 'result') continue;
    const { ids, text, timings } = event.result;
    say(`runs     ${ids.length} tokens, ${timings.tokensPerSecond.toFixed(1)} a second: ${JSON.stringify(text)}`);
  }
}

/** Compares the model's choices with the recorded ids, one by one. @throws AppError SELF_TEST_FAILED */
async function compare({ pkg, vision, decoder }: Opened, picture: RgbImage, recorded: SelfTestCase): Promise<void> {
  const { ids, imageStart, answerStart } = recorded;
  const { vocabSize } = pkg.config.text;
  if (ids.some((id) => id >= vocabSize)) {
    const message = `The model knows ${vocabSize} ids, fewer than the recorded answer of ${pkg.manifest.source.repository} has: these are other weights. Import the checkpoint again.`;
    throw new AppError('SELF_TEST_FAILED', message, { vocabSize });
  }
  const image = { key: 'recorded', rows: await vision.encode(pixelValues(picture, pkg.preprocessor)) };
  const span = { image: image.key, start: imageStart, length: pkg.config.latentQueryNum };
  const choices = await firstChoices({ ids, imageSpans: [span], images: [image] }, answerStart, pkg, decoder);
  const wrong = choices.flatMap((id, i) => (id === ids[answerStart + i] ? [] : [answerStart + i]));
  for (const at of wrong) {
    say(`         position ${at}: recorded ${ids[at]}, chosen ${choices[at - answerStart]}`);
  }
  const agreed = choices.length - wrong.length;
  say(`answers  ${agreed} of ${choices.length} ids of the recorded answer`);
  const least = Math.ceil(choices.length * LEAST_SHARE);
  if (agreed >= least) return;
  const message = `The model chooses ${agreed} of ${choices.length} recorded ids, fewer than ${least}: these are other weights, or damaged ones. Import the checkpoint again.`;
  throw new AppError('SELF_TEST_FAILED', message, { agreed, positions: choices.length });
}

async function recordedCase(repository: string): Promise<SelfTestCase | null> {
  const cases: Record<string, SelfTestCase> = JSON.parse(await readFile(new URL('cases.json', RECORDED), 'utf8'));
  return Object.hasOwn(cases, repository) ? (cases[repository] as SelfTestCase) : null;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
