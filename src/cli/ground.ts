import { open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { DecodingOptions } from '../kosmos2/decoding-options.ts';
import type { Prompt } from '../kosmos2/prompt.ts';
import { openPackage } from '../package/open-package.ts';
import { AppError } from '../protocol/errors.ts';
import type { Engine } from '../runtime/engine.ts';
import { nodeBackend } from '../runtime/node-backend.ts';
import { openEngine } from '../runtime/open-engine.ts';
import { required, runCli, UsageError } from './cli.ts';
import { decodeImageFile } from './decode-image.ts';
import { folderFiles } from './folder-files.ts';
import { type GroundingRecord, groundingRecord, groundingText } from './grounding-record.ts';
import { answerLines, printLine } from './lines.ts';

const usage = `Asks KOSMOS-2 about an image and prints what it says and where it sees it.

  npm run -s ground -- --model DIR --image FILE --prompt "<grounding>An image of" [options]
  npm run -s ground -- --model DIR --batch FILE [options]

  --model DIR            model package (see: npm run -s import -- --help)
  --image FILE           picture; left out, the model answers from the words alone
  --prompt TEXT          KOSMOS-2 prompt with its tags, e.g. "<grounding><phrase> a dog</phrase>"
  --batch FILE           JSON lines {"image", "prompt"} instead of --image and --prompt (also /dev/stdin);
                         prints one JSON object a line, in order; a line that fails becomes {"error"}
  --json                 print one JSON object: text, caption, answer, ids, entities, finish, timings
  --max-new-tokens N     most tokens to generate (default: the package's)
  --temperature T        0 is greedy (default)
  --top-p P              nucleus for sampling (default 1)
  --seed N               seed for sampling (default 0)
  --no-repeat-ngram N    no N tokens in a row twice, 0 is off (default: the package's)
  --no-grammar           do not keep locations well-formed
  --threads N            CPU threads (default: all cores, at most 8)
  --help                 this text

Boxes are [x1, y1, x2, y2] in 0..1 of the image; start and end count Unicode code points of the caption.`;

const options = {
  model: { type: 'string' },
  image: { type: 'string' },
  prompt: { type: 'string' },
  batch: { type: 'string' },
  json: { type: 'boolean' },
  'max-new-tokens': { type: 'string' },
  temperature: { type: 'string' },
  'top-p': { type: 'string' },
  seed: { type: 'string' },
  'no-repeat-ngram': { type: 'string' },
  'no-grammar': { type: 'boolean' },
  threads: { type: 'string' },
} as const;

/** Set under this id, one picture at a time. */
const IMAGE = 'image';

interface Question {
  readonly image: string | null;
  readonly prompt: string;
}

await runCli({ name: 'ground', usage, options }, async (values) => {
  const folder = required(values.model, 'model');
  if (values.batch !== undefined && (values.image !== undefined || values.prompt !== undefined)) {
    throw new UsageError('--batch takes the place of --image and --prompt.');
  }
  const decoding: Partial<DecodingOptions> = {
    ...numeric(values['max-new-tokens'], 'max-new-tokens', 'maxNewTokens'),
    ...numeric(values.temperature, 'temperature', 'temperature'),
    ...numeric(values['top-p'], 'top-p', 'topP'),
    ...numeric(values.seed, 'seed', 'seed'),
    ...numeric(values['no-repeat-ngram'], 'no-repeat-ngram', 'noRepeatNgramSize'),
    ...(values['no-grammar'] ? { grammar: false } : {}),
  };
  const question =
    values.batch === undefined ? { image: values.image ?? null, prompt: required(values.prompt, 'prompt') } : null;
  const threads = Number(values.threads ?? Math.min(8, availableParallelism()));
  if (!Number.isInteger(threads) || threads < 1 || threads > 64) throw new UsageError('--threads must be 1 to 64.');
  const engine = await openEngine(await openPackage(folderFiles(folder)), [() => nodeBackend(threads)]);
  try {
    const ask = asker(engine, decoding);
    if (question) {
      const record = await ask(question);
      await printLine(values.json ? JSON.stringify(record) : groundingText(record));
    } else {
      await answerLines(await openLines(required(values.batch, 'batch')), async (line) => {
        const { image, prompt } = parseQuestion(line);
        return { image, prompt, ...(await ask({ image, prompt })) };
      });
    }
  } finally {
    await engine.dispose();
  }
});

/** Answers one question after the other; an image that repeats is decoded and encoded once. */
function asker(engine: Engine, decoding: Partial<DecodingOptions>): (question: Question) => Promise<GroundingRecord> {
  let current: string | null = null;
  return async ({ image, prompt }) => {
    if (image !== null && image !== current) {
      current = null;
      engine.setImage(IMAGE, await decodeImageFile(image));
      current = image;
    }
    const segments: Prompt = [
      ...(image === null ? [] : [{ kind: 'image', image: IMAGE } as const]),
      { kind: 'raw', text: prompt },
    ];
    for await (const event of engine.generate({ prompt: segments, options: decoding })) {
      if (event.type === 'result') return groundingRecord(event.result);
    }
    throw new AppError('INTERNAL', 'The model ended without a result.');
  };
}

async function openLines(path: string): Promise<AsyncIterable<Uint8Array | string>> {
  // Not opened as a file: that fails where standard input is a socket, as under Node's own spawn.
  if (path === '/dev/stdin' || path === '-') return process.stdin;
  try {
    return (await open(path)).createReadStream();
  } catch (thrown) {
    const reason = (thrown as NodeJS.ErrnoException).code ?? String(thrown);
    throw new AppError('OPTION_INVALID', `The batch file "${path}" cannot be read (${reason}). Check the path.`, {
      path,
    });
  }
}

function parseQuestion(line: string): Question {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = null;
  }
  const { image = null, prompt } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (typeof prompt !== 'string' || (image !== null && typeof image !== 'string')) {
    throw new AppError('OPTION_INVALID', 'This line is not {"image": FILE, "prompt": TEXT} in JSON.');
  }
  return { image, prompt };
}

/** One decoding option, where it was given; its range is checked by the engine. */
function numeric<K extends keyof DecodingOptions>(value: string | undefined, option: string, key: K) {
  if (value === undefined) return {};
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number))
    throw new UsageError(`--${option} must be a number, not "${value}".`);
  return { [key]: number } as Record<K, number>;
}
