import { type DecodingOptions, resolveOptions } from '../kosmos2/decoding-options.ts';
import { parseGenerationConfig } from '../kosmos2/generation-config.ts';
import { AppError, toAppError } from '../protocol/errors.ts';
import { answerRequests, type GroundRequest } from './answer-requests.ts';
import { required, runCli, UsageError } from './cli.ts';
import { engineOptions, engineUsage, openGrounder } from './engine-options.ts';
import { INPUT_KINDS, openInput, openLines } from './ground/inputs.ts';
import { longRun } from './ground/long-run.ts';
import { parseFormats } from './ground/output-formats.ts';
import { PICTURE_ENDINGS } from './ground/pictures.ts';
import { parseShard, WHOLE } from './ground/shard.ts';
import { groundingRecord, groundingText } from './grounding-record.ts';
import { failedLines, parsedLines, printLine } from './lines.ts';

const usage = `Asks KOSMOS-2 about an image and prints what it says and where it sees it.

  npm run -s ground -- --model DIR --image FILE --prompt "<grounding>An image of" [options]
  npm run -s ground -- --model DIR --batch FILE [options]
  npm run -s ground -- --model DIR --batch INPUT --out DIR [--resume] [--shard I/N] [options]

${engineUsage}
  --image FILE           picture; left out, the model answers from the words alone
  --prompt TEXT          KOSMOS-2 prompt with its tags, e.g. "<grounding><phrase> a dog</phrase>"
  --batch FILE           JSON lines {"image", "prompt"} instead of --image and --prompt (also /dev/stdin);
                         prints one JSON object a line, in order; a line that fails becomes {"error"}
  --out DIR              answer a whole data set into a folder: answers.jsonl, and what --format says. Progress and a
                         summary of what failed go to stderr; the exit code is 1 only if all rows failed. --batch
                         may then be JSON lines, CSV with a header, COCO captions, GrIT as JSON lines, a pattern in quotes,
                         or a folder of pictures (${PICTURE_ENDINGS.join(', ')});
                         a "caption" in place of a "prompt" has its noun phrases found and located; a picture with
                         neither is asked --prompt (default: "<grounding>An image of")
  --resume               go on where a run into the same folder ended, and ask again what failed; begins one where there is
                         none
  --shard I/N            only part I of N, from 0/N, into a folder of its own in --out
  --format NAMES         jsonl (always there), coco, grit, yolo, voc, parquet, with commas between them
  --input KIND           ${INPUT_KINDS.join(', ')}, where the name of the input does not tell
  --images DIR           folder that relative names of pictures start from (default: the current one)
  --json                 print one JSON object: text, caption, answer, ids, entities, finish, timings
  --max-new-tokens N     most tokens to generate (default: the package's)
  --temperature T        0 is greedy (default)
  --top-p P              nucleus for sampling (default 1)
  --seed N               seed for sampling (default 0)
  --no-repeat-ngram N    no N tokens in a row twice, 0 is off (default: the package's)
  --no-grammar           do not keep locations well-formed
  --grid-boxes           corners at the centres of the grid's cells, as in the reference (default: between the cells, where
                         the probabilities of the neighbours say)
  --help                 this text

Boxes are [x1, y1, x2, y2] in 0..1 of the image; start and end count Unicode code points of the caption.
scores has the probability of each box (null for one of the prompt), score their mean.`;

const options = {
  ...engineOptions,
  image: { type: 'string' },
  prompt: { type: 'string' },
  batch: { type: 'string' },
  out: { type: 'string' },
  resume: { type: 'boolean' },
  shard: { type: 'string' },
  format: { type: 'string' },
  input: { type: 'string' },
  images: { type: 'string' },
  json: { type: 'boolean' },
  'max-new-tokens': { type: 'string' },
  temperature: { type: 'string' },
  'top-p': { type: 'string' },
  seed: { type: 'string' },
  'no-repeat-ngram': { type: 'string' },
  'no-grammar': { type: 'boolean' },
  'grid-boxes': { type: 'boolean' },
} as const;

const LONG_RUN_ONLY = ['resume', 'shard', 'format', 'input', 'images'] as const;

/** A line of a batch. */
interface Question extends GroundRequest {
  readonly prompt: string;
}

await runCli({ name: 'ground', usage, options }, async (values) => {
  const model = required(values.model, 'model');
  const misplaced = LONG_RUN_ONLY.find((name) => values[name] !== undefined);
  if (values.out === undefined && misplaced) throw new UsageError(`--${misplaced} goes with --batch and --out.`);
  if (values.out !== undefined && (values.batch === undefined || values.image !== undefined || values.json)) {
    throw new UsageError('--out goes with --batch, and without --image and --json.');
  }
  if (
    values.out === undefined &&
    values.batch !== undefined &&
    (values.image !== undefined || values.prompt !== undefined)
  ) {
    throw new UsageError('--batch takes the place of --image and --prompt.');
  }
  // Told before a model is opened, and not by every row.
  const decoding: Partial<DecodingOptions> = {
    ...numeric(values['max-new-tokens'], 'max-new-tokens', 'maxNewTokens'),
    ...numeric(values.temperature, 'temperature', 'temperature'),
    ...numeric(values['top-p'], 'top-p', 'topP'),
    ...numeric(values.seed, 'seed', 'seed'),
    ...numeric(values['no-repeat-ngram'], 'no-repeat-ngram', 'noRepeatNgramSize'),
    ...(values['no-grammar'] ? { grammar: false } : {}),
    ...(values['grid-boxes'] ? { gridBoxes: true } : {}),
  };
  if (values.out !== undefined) {
    const prompt = values.prompt ?? '<grounding>An image of';
    const inputPath = required(values.batch, 'batch');
    const shard = values.shard === undefined ? WHOLE : parseShard(values.shard);
    const formats = parseFormats(values.format ?? 'jsonl');
    const input = await openInput({ path: inputPath, kind: values.input, images: values.images, prompt });
    const { out, resume = false } = values;
    const run = { model, inputPath, input, prompt, shard, out, resume, formats, decoding };
    return longRun(run, () => openGrounder(values));
  }
  const question =
    values.batch === undefined ? { image: values.image ?? null, prompt: required(values.prompt, 'prompt') } : null;
  const openBatch = question ? null : await openLines(required(values.batch, 'batch'));
  const grounder = await openGrounder(values);
  try {
    if (question) {
      const record = groundingRecord(await grounder.answer(question.image, question.prompt, decoding));
      await printLine(values.json ? JSON.stringify(record) : groundingText(record));
    } else if (openBatch) {
      const questions = parsedLines(openBatch(), parseQuestion);
      let lines = 0;
      let failed = 0;
      for await (const { request, record, error } of answerRequests(questions, grounder, decoding)) {
        lines += 1;
        if (error) failed += 1;
        await printLine(JSON.stringify(error ? { error: error.message } : { ...request, ...record }));
      }
      if (failed > 0) throw failedLines(failed, lines);
    }
  } finally {
    await grounder.dispose();
  }
});

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

/** One decoding option, where it was given. @throws UsageError where it is no number, or out of range */
function numeric<K extends keyof DecodingOptions>(value: string | undefined, option: string, key: K) {
  if (value === undefined) return {};
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number))
    throw new UsageError(`--${option} must be a number, not "${value}".`);
  const given = { [key]: number } as Record<K, number>;
  try {
    resolveOptions(given, parseGenerationConfig({}));
  } catch (thrown) {
    throw new UsageError(toAppError(thrown).message.replace(key, `--${option}`));
  }
  return given;
}
