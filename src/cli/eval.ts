import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DATASETS, type DatasetName, isDatasetName } from '../evaluation/datasets/datasets.ts';
import { fileList } from '../evaluation/datasets/file-list.ts';
import { evaluate } from '../evaluation/evaluate.ts';
import { isAnswered } from '../evaluation/outcome.ts';
import { samplesHash } from '../evaluation/samples-hash.ts';
import { summarise } from '../evaluation/summary.ts';
import { summaryTable } from '../evaluation/summary-table.ts';
import { AppError } from '../protocol/errors.ts';
import { required, runCli, UsageError, wholeNumber } from './cli.ts';
import { engineOptions, engineUsage, openGrounder } from './engine-options.ts';
import { diskFolder } from './eval/disk-folder.ts';
import { grounderAnswers } from './eval/grounder-answers.ts';
import { OutcomeFile } from './eval/outcome-file.ts';
import { samplesOfShard } from './eval/samples-of-shard.ts';
import { runReport } from './ground/run-report.ts';
import { keepSettings } from './ground/run-settings.ts';
import { parseShard, WHOLE } from './ground/shard.ts';
import { written } from './ground/written.ts';
import { modelHash } from './model-hash.ts';

const names = Object.entries(DATASETS).map(
  ([name, { splits, holds }]) => `    ${name.padEnd(20)} ${splits.join(', ').padEnd(20)} ${fileList(holds, 'en-GB')}`,
);

const usage = `Measures how good a model package is, on a data set in its own format, beside what the KOSMOS-2 paper reports.

  npm run -s eval -- --model DIR --dataset flickr30k --split val --data DIR --out results.jsonl [options]

${engineUsage}
  --dataset NAME         and its splits, and what --data has to hold:
${names.join('\n')}
  --data DIR             folder of the data set; its files may lie anywhere below
  --images DIR           folder that its pictures lie below (default: that of --data)
  --split NAME           part of the data set
  --out FILE             JSON lines, one for each sample as soon as it is answered; the model and what was asked stay beside
                         it in FILE.run.json
  --resume               go on where a run into the same file ended; begins one where there is none
  --limit N              only the first N samples
  --shard I/N            only part I of N, from 0/N: put the files of all parts together and --resume them for the whole
  --summary FILE         the figures as JSON
  --help                 this text

Progress goes to stderr, the figures to stdout as Markdown. docs/EVALUATION.md says what they mean.`;

const options = {
  ...engineOptions,
  dataset: { type: 'string' },
  data: { type: 'string' },
  images: { type: 'string' },
  split: { type: 'string' },
  out: { type: 'string' },
  resume: { type: 'boolean' },
  limit: { type: 'string' },
  shard: { type: 'string' },
  summary: { type: 'string' },
} as const;

await runCli({ name: 'eval', usage, options }, async (values) => {
  const model = required(values.model, 'model');
  const dataset = datasetOf(required(values.dataset, 'dataset'));
  const data = required(values.data, 'data');
  const out = required(values.out, 'out');
  const split = DATASETS[dataset].splits.length > 0 ? required(values.split, 'split') : '';
  const limit = values.limit === undefined ? undefined : wholeNumber(values.limit, 'limit', 1);
  const shard = values.shard === undefined ? WHOLE : parseShard(values.shard);

  const folder = await diskFolder(data);
  const all = await DATASETS[dataset].read(folder, split);
  const samples = samplesOfShard(all.slice(0, limit), shard);
  await written(out, mkdir(dirname(out), { recursive: true }));
  const file = await written(out, OutcomeFile.open(out));
  if (file.outcomes.size > 0 && !values.resume) {
    throw new AppError(
      'OPTION_INVALID',
      `${out} holds an earlier run. Continue it with --resume, or choose another --out.`,
    );
  }
  // Samples of scenes are but numbered: other scenes would take over their answers.
  const scenes = dataset === 'scenes' ? { scenes: samplesHash(all) } : {};
  const settings = { model: await modelHash(model), dataset, split, ...scenes };
  await written(out, keepSettings(`${out}.run.json`, settings, file.outcomes.size > 0));

  const report = runReport(process.stderr, undefined, 'sample');
  // What failed is asked about again: a picture may have been put where it belongs.
  const rest = samples.filter((sample) => !isAnswered(sample, file.outcomes));
  const index = new Map(samples.map(({ id }, place) => [id, place]));
  const tell = (id: string, earlier: boolean) => {
    const place = index.get(id) ?? 0;
    const { error } = file.outcomes.get(id) ?? {};
    report.add(
      { index: place, image: samples[place]?.image ?? null, error: error?.message, code: error?.code },
      earlier,
    );
  };
  for (const sample of samples) if (isAnswered(sample, file.outcomes)) tell(sample.id, true);
  report.expect(samples.length);
  if (rest.length > 0) {
    const images = values.images ?? data;
    const pictures = values.images === undefined ? folder : await diskFolder(values.images);
    const grounder = await openGrounder(values);
    try {
      const answers = grounderAnswers(grounder, images, pictures.names);
      for await (const outcome of evaluate(rest, answers, new AbortController().signal)) {
        await written(out, file.add(outcome));
        tell(outcome.id, false);
      }
    } finally {
      await grounder.dispose();
    }
  }
  report.end();
  const summary = summarise(samples, file.outcomes);
  process.stdout.write(`${summaryTable(dataset, split, summary)}\n`);
  if (values.summary !== undefined) {
    const text = `${JSON.stringify({ dataset, split, model, ...summary }, null, 1)}\n`;
    await written(values.summary, writeFile(values.summary, text));
  }
  if (summary.samples === 0 && summary.failed > 0) {
    throw new AppError('OPTION_INVALID', `All ${summary.failed} samples failed; see "error" in ${out}.`);
  }
});

function datasetOf(name: string): DatasetName {
  if (isDatasetName(name)) return name;
  throw new UsageError(`--dataset is one of ${Object.keys(DATASETS).join(', ')}, not "${name}".`);
}
