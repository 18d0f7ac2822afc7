import { DATASETS, type DatasetName } from './datasets/datasets.ts';
import { NOTES } from './notes.ts';
import { PUBLISHED } from './published.ts';
import type { Figures, Summary } from './summary.ts';

/** The summary as a Markdown table, beside what the KOSMOS-2 paper reports. */
export function summaryTable(dataset: DatasetName, split: string, summary: Summary): string {
  const published = PUBLISHED[dataset]?.[split] ?? {};
  const { title } = DATASETS[dataset];
  const shown = (value: number | undefined) => (value === undefined ? '' : value.toFixed(1));
  const count = ({ samples, failed }: Figures) => `${samples}${failed > 0 ? ` (${failed} failed)` : ''}`;
  const names = summary.figures.map(({ metric }) => metric);
  const lines = [
    `**${title}${split === '' ? '' : `, ${split}`}**: ${count(summary)} samples`,
    '',
    '| | here | KOSMOS-2, published |',
    '| --- | ---: | ---: |',
    ...summary.figures.map(({ metric, value }) => `| ${metric} | ${shown(value)} | ${shown(published[metric])} |`),
  ];
  if (summary.categories.length > 0) {
    lines.push('', `| | samples | ${names.join(' | ')} |`, `| --- | ---: | ${names.map(() => '---:').join(' | ')} |`);
    for (const { category, figures, ...counted } of summary.categories) {
      const values = names.map((name) => shown(figures.find(({ metric }) => metric === name)?.value));
      lines.push(`| ${category} | ${count({ ...counted, figures })} | ${values.join(' | ')} |`);
    }
  }
  const note = NOTES[dataset];
  if (note) lines.push('', note);
  return lines.join('\n');
}
