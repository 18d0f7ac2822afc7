import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scenePhrases } from '../evaluation/datasets/scenes.ts';
import { AppError, reasonOf } from '../protocol/errors.ts';
import { checkWritable } from './check-writable.ts';
import { runCli, UsageError, wholeNumber } from './cli.ts';
import { threadsOf } from './engine-options.ts';
import { diskFolder } from './eval/disk-folder.ts';
import { wilsonInterval } from './quantization/divergence.ts';
import {
  type Compared,
  compare,
  type Exam,
  type Measured,
  measureVariant,
  type RecordedAnswer,
} from './quantization/measure.ts';
import { VARIANTS } from './quantization/variants.ts';

const usage = `Measures what quantization costs: imports a checkpoint in every way and compares each with float32.

  npm run -s quantization [-- options]

  --checkpoint DIR     in the hub's layout (default: test/fixtures/demo-model)
  --recorded DIR       expected.jsonl, prompts with recorded answers, and their pictures (default: test/fixtures/demo-scenes)
  --scenes DIR         truth.jsonl, phrases with their boxes, and their pictures (default: that of --recorded)
  --limit N            only the first N recorded answers and phrases
  --schemes LIST       only these, as in "q8,q8 multiplied in int8"; f32, the baseline, is always measured (default: every way)
  --threads N          CPU threads (default: 1)
  --json FILE          the table as JSON
  --help               this text

Prints a Markdown table. "lost" is the divergence (KL) of the next token's probabilities from float32's, over the recorded answers,
in thousandths of a nat; "tokens changed" are first choices that are others there; "same answers" those that come out id by id.`;

const options = {
  checkpoint: { type: 'string', default: 'test/fixtures/demo-model' },
  recorded: { type: 'string', default: 'test/fixtures/demo-scenes' },
  scenes: { type: 'string' },
  limit: { type: 'string' },
  schemes: { type: 'string' },
  threads: { type: 'string', default: '1' },
  json: { type: 'string' },
} as const;

await runCli({ name: 'quantization', usage, options }, async (values) => {
  const threads = threadsOf(values.threads);
  const limit = values.limit === undefined ? undefined : wholeNumber(values.limit, 'limit', 1);
  const wanted = values.schemes?.split(',');
  const known = VARIANTS.map(({ name }) => name).filter((name) => !name.includes(','));
  const unknown = wanted?.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`--schemes ${unknown} is not one of ${known.join(', ')}.`);
  const variants = VARIANTS.filter(({ name }, index) => index === 0 || !wanted || wanted.includes(name));
  const scenes = values.scenes ?? values.recorded;
  const folder = await diskFolder(scenes);
  const exam: Exam = {
    checkpoint: values.checkpoint,
    recorded: (await recordedAnswers(values.recorded)).slice(0, limit),
    pictures: values.recorded,
    samples: (await scenePhrases(folder)).slice(0, limit),
    folder,
    scenes,
    threads,
  };
  if (values.json !== undefined) await checkWritable(values.json, 'json');
  const rows: Compared[] = [];
  let truth: Measured | null = null;
  process.stdout.write(
    '| stored as | MB | lost | tokens changed | same answers | recall@1 (95%) | mean IoU (%) |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n',
  );
  for (const variant of variants) {
    const measured = await measureVariant(variant, exam);
    truth ??= measured;
    const row = compare(variant.name, measured, truth);
    rows.push(row);
    process.stdout.write(`${tableRow(row, exam.samples.length)}\n`);
  }
  process.stdout.write(
    `\n${truth?.logits.length} recorded tokens in ${exam.recorded.length} answers, ${exam.samples.length} phrases.\n`,
  );
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(rows, null, 1)}\n`);
});

function tableRow(
  { name, megabytes, divergence, tokensChanged, sameAnswers, recall, overlap }: Compared,
  phrases: number,
): string {
  const [low, high] = wilsonInterval((recall / 100) * phrases, phrases).map((share) => (100 * share).toFixed(1));
  const cells = [
    name,
    megabytes.toFixed(2),
    divergence.toPrecision(3),
    `${tokensChanged.toFixed(2)}%`,
    `${sameAnswers.toFixed(1)}%`,
    `${recall.toFixed(1)}% (${low} to ${high})`,
    overlap.toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

async function recordedAnswers(folder: string): Promise<RecordedAnswer[]> {
  const path = join(folder, 'expected.jsonl');
  try {
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    return lines.map((line) => JSON.parse(line) as RecordedAnswer);
  } catch (thrown) {
    const reason = reasonOf(thrown);
    throw new AppError('OPTION_INVALID', `${path} cannot be read as recorded answers: ${reason}.`, { path });
  }
}
