import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecodingOptions } from '../../kosmos2/decoding-options.ts';
import { AppError } from '../../protocol/errors.ts';
import type { Grounder } from '../grounder.ts';
import { modelHash } from '../model-hash.ts';
import type { ProgressOutput } from '../status-line.ts';
import { answerRows } from './answer-rows.ts';
import type { Input } from './inputs.ts';
import { Journal, type JournalLine } from './journal.ts';
import { checkRoom, type Format, writeFormats } from './output-formats.ts';
import type { Row } from './row.ts';
import { type EarlierAnswers, rowsToAnswer } from './rows-to-answer.ts';
import { type RunReport, runReport } from './run-report.ts';
import { keepSettings } from './run-settings.ts';
import { rowsOf, type Shard } from './shard.ts';
import { written } from './written.ts';

export interface LongRun {
  /** Model package. */
  readonly model: string;
  /** As the person named it. */
  readonly inputPath: string;
  readonly input: Input;
  /** Asked about every picture that has no prompt or caption of its own. */
  readonly prompt: string;
  readonly shard: Shard;
  /** Folder of all that is written; a shard has one of its own in it. */
  readonly out: string;
  /** Whether answers of an earlier run are kept and gone on from, and what failed is asked again. */
  readonly resume: boolean;
  readonly formats: readonly Format[];
  readonly decoding: Partial<DecodingOptions>;
}

/**
 * Answers an input into a folder: `answers.jsonl`, a line a row, each written as soon as it is there, so that a run that is
 * killed costs only its open rows; and in the end the other formats, made of those lines. What a run asks again is kept beside
 * them until it takes the place of the failures.
 * @param openGrounder called once there is something to answer
 * @throws AppError OPTION_INVALID where the folder holds another run, or every row failed; STORAGE_FULL, STORAGE_FAILED,
 * DEVICE_LOST, OUT_OF_MEMORY
 */
export async function longRun(
  run: LongRun,
  openGrounder: () => Promise<Grounder>,
  output: ProgressOutput = process.stderr,
): Promise<void> {
  const { input, shard, formats } = run;
  const folder = shard.count === 1 ? run.out : join(run.out, `shard-${shard.index}-of-${shard.count}`);
  await written(folder, mkdir(folder, { recursive: true }));
  const journal = await written(folder, Journal.open(join(folder, 'answers.jsonl')));
  const againPath = join(folder, 'again.jsonl');
  let again = null as Journal | null;
  try {
    if (run.resume) await written(folder, journal.replaceBy(againPath));
    const report = runReport(output);
    const earlier = await earlierAnswers(journal, report);
    const { last, failed } = earlier;
    if (last && !run.resume) {
      throw new AppError(
        'OPTION_INVALID',
        `${folder} holds the answers of an earlier run. Continue it with --resume, or choose another --out.`,
        { folder },
      );
    }
    // Left by a killed run whose own answers are gone.
    if (!last) await written(folder, rm(againPath, { force: true }));
    await written(folder, keepSettings(join(folder, 'run.json'), await settings(run), last !== null));
    if (input.countable) {
      const total = await count(rowsOf(input.items(), shard));
      checkRoom(formats, total);
      report.expect(total);
    }
    const keep = async (line: JournalLine) => {
      if (!failed.has(line.index)) return journal.add(line);
      again ??= await Journal.open(againPath);
      return again.add(line);
    };
    const rest = rowsToAnswer(rowsOf(input.items(), shard), earlier);
    await answerRest(run, rest, openGrounder, (line) => written(folder, keep(line)), report);
    await written(folder, journal.replaceBy(againPath));
    const leftOut = await written(
      folder,
      writeFormats(formats, folder, () => journal.lines()),
    );
    report.end(leftOut.size);
    if (report.done > 0 && report.failed === report.done) {
      throw new AppError('OPTION_INVALID', `All ${report.done} rows failed; see "error" in the output.`);
    }
  } finally {
    await again?.close();
    await journal.close();
  }
}

/** Takes up what an earlier run has answered. */
async function earlierAnswers(journal: Journal, report: RunReport): Promise<EarlierAnswers> {
  let last: JournalLine | null = null;
  let answered: JournalLine | null = null;
  const failed = new Set<number>();
  for await (const line of journal.lines()) {
    last = line;
    if (line.error === undefined) {
      answered = line;
      report.add(line, true);
    } else failed.add(line.index);
  }
  return { last, answered, failed };
}

async function answerRest(
  { input, decoding }: LongRun,
  rows: AsyncGenerator<Row, void, void>,
  openGrounder: () => Promise<Grounder>,
  keep: (line: JournalLine) => Promise<void>,
  report: RunReport,
): Promise<void> {
  // A run that is done is not worth opening a model for.
  const first = await rows.next();
  if (first.done) return;
  async function* all() {
    yield first.value as Row;
    yield* rows;
  }
  const grounder = await openGrounder();
  try {
    for await (const line of answerRows(all(), input.images, grounder, decoding)) {
      await keep(line);
      report.add(line);
    }
  } finally {
    await grounder.dispose();
  }
}

async function count(rows: AsyncIterable<Row>): Promise<number> {
  let total = 0;
  for await (const _ of rows) total += 1;
  return total;
}

async function settings({ model, inputPath, input, prompt, shard, decoding }: LongRun) {
  return {
    model: await modelHash(model),
    input: inputPath,
    kind: input.kind,
    images: input.images,
    prompt,
    shard: `${shard.index}/${shard.count}`,
    // Told also where it is not asked for: runs from before there was a choice have boxes on the grid, and no word of it.
    gridBoxes: false,
    ...(decoding as Readonly<Record<string, string | number | boolean | null>>),
  };
}
