import type { SchemaElement } from 'hyparquet';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { JournalLine } from './journal.ts';

/** Rows that are held in memory, and that a reader may skip together. */
const ROW_GROUP = 10_000;

const COLUMNS = [
  'index',
  'image',
  'prompt',
  'width',
  'height',
  'caption',
  'answer',
  'text',
  'finish',
  'ids',
  'entities',
  'error',
  'code',
] as const;

/** The columns, and what is nested in them, in the order of a tree that is walked depth first. */
const SCHEMA: SchemaElement[] = [
  { name: 'schema', num_children: COLUMNS.length },
  { name: 'index', type: 'INT64', repetition_type: 'REQUIRED' },
  text('image'),
  text('prompt'),
  { name: 'width', type: 'INT32', repetition_type: 'OPTIONAL' },
  { name: 'height', type: 'INT32', repetition_type: 'OPTIONAL' },
  text('caption'),
  text('answer'),
  text('text'),
  text('finish'),
  ...list('ids', [{ name: 'element', type: 'INT32', repetition_type: 'REQUIRED' }]),
  ...list('entities', [
    { name: 'element', repetition_type: 'REQUIRED', num_children: 6 },
    text('phrase'),
    { name: 'start', type: 'INT32', repetition_type: 'REQUIRED' },
    { name: 'end', type: 'INT32', repetition_type: 'REQUIRED' },
    ...list('boxes', [
      { name: 'element', repetition_type: 'REQUIRED', num_children: 4 },
      ...['x1', 'y1', 'x2', 'y2'].map((name): SchemaElement => ({ name, type: 'DOUBLE', repetition_type: 'REQUIRED' })),
    ]),
    { name: 'score', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
    ...list('scores', [{ name: 'element', type: 'DOUBLE', repetition_type: 'OPTIONAL' }]),
  ]),
  text('error'),
  text('code'),
];

/** A Parquet file of answers that is written part by part: a row each, nested as the JSON lines are, boxes by side. */
export class ParquetFile {
  readonly #writer: ParquetWriter;
  #rows: Record<string, unknown>[] = [];

  /** @param path begun anew */
  constructor(path: string) {
    this.#writer = new ParquetWriter({ writer: fileWriter(path), schema: SCHEMA });
  }

  add(line: JournalLine): void {
    this.#rows.push(row(line));
    if (this.#rows.length === ROW_GROUP) this.#flush();
  }

  finish(): void {
    this.#flush();
    this.#writer.finish();
  }

  #flush(): void {
    if (this.#rows.length === 0) return;
    const columnData = COLUMNS.map((name) => ({ name, data: this.#rows.map((fields) => fields[name] ?? null) }));
    this.#writer.write({ columnData, rowGroupSize: ROW_GROUP });
    this.#rows = [];
  }
}

function row(line: JournalLine): Record<string, unknown> {
  const { timings, ...fields } = line as JournalLine & { readonly timings?: unknown };
  if (fields.error !== undefined) return { ...fields, index: BigInt(fields.index) };
  const entities = fields.entities.map(({ boxes, ...entity }) => ({
    ...entity,
    boxes: boxes.map(([x1, y1, x2, y2]) => ({ x1, y1, x2, y2 })),
  }));
  return { ...fields, index: BigInt(fields.index), entities };
}

function text(name: string): SchemaElement {
  return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' };
}

/** A list as the format's own documentation lays it out, in three levels. */
function list(name: string, element: readonly SchemaElement[]): SchemaElement[] {
  return [
    { name, converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...element,
  ];
}
