import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture } from '../support/packages.ts';
import { root, runCommand } from '../support/run-cli.ts';
import { processesWith } from './processes.ts';

const python = process.env.BULK_PYTHON ?? 'python3';
const folder = mkdtempSync(join(tmpdir(), 'kosmos2-ray-'));
// A name of its own: what the processes of this test are known by.
const model = join(folder, 'model');
const PICTURES = 20;
const TOKENS = '16';

const rows = Array.from({ length: PICTURES }, (_, index) => ({
  id: `row-${index}`,
  image: fixture(`demo-scenes/scene-${String(index).padStart(2, '0')}.png`),
  prompt: index % 2 === 0 ? '<grounding>An image of' : '<grounding><phrase>a pig</phrase>',
}));
/** A picture that cannot be read ends as one answer with an error, like every other. */
const damaged = { id: 'damaged', image: join(folder, 'damaged.png'), prompt: '<grounding>An image of' };
/** So does a prompt that makes a line too long to be read. */
const endless = { id: 'endless', image: rows[0]?.image as string, prompt: 'ж'.repeat(200_000) };
/** And one that has no picture, in a data set whose pictures are columns. */
const missing = { id: 'missing', image: null, prompt: '<grounding>An image of' };

interface Answer {
  readonly id: string;
  readonly text: string | null;
  readonly error: string | null;
  readonly entities?: readonly { readonly scores: readonly number[] }[] | null;
}

function data(command: string, path: string, input?: unknown): unknown {
  const { status, stdout, stderr } = spawnSync(python, [join(root, 'test/bulk/data.py'), command, path], {
    input: JSON.stringify(input ?? null),
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout === '' ? null : JSON.parse(stdout);
}

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; output: string }>;
}

function ray(kind: string, input: string, out: string, ...columns: readonly string[]): Run {
  const where = ['--kind', kind, '--input', input, '--out', join(folder, out), '--model', model];
  const sizes = ['--actors', '2', '--rows', '2', '--', '--max-new-tokens', TOKENS];
  const child = spawn(python, [join(root, 'bulk/ground.py'), ...where, ...columns, ...sizes], {
    cwd: folder,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', RAY_DATA_DISABLE_PROGRESS_BARS: '1' },
  });
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  child.stderr.on('data', (text) => {
    output += text;
  });
  return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, output }))) };
}

/** Files of answers that stand for good. */
function committed(out: string): number {
  try {
    return readdirSync(join(folder, out, 'checkpoint')).filter((name) => !name.includes('.pending')).length;
  } catch {
    return 0;
  }
}

async function until(condition: () => boolean, run: Run): Promise<void> {
  let over = false;
  run.child.on('close', () => {
    over = true;
  });
  while (!condition() && !over) await new Promise((resolve) => setTimeout(resolve, 5));
}

function sorted(answers: readonly Answer[]): Answer[] {
  // How likely a box is differs in its last digits with the number of threads.
  const told = answers.map(({ entities, id, text, error }) => {
    return { id, text, error, scored: entities?.map(({ scores }) => scores.length) ?? null };
  });
  return told.sort((a, b) => (a.id < b.id ? -1 : 1));
}

describe('grounding on Ray', () => {
  let expected: Answer[];

  beforeAll(async () => {
    symlinkSync(join(root, 'public/models/demo'), model);
    writeFileSync(damaged.image, readFileSync(rows[0]?.image as string).subarray(0, 9000));
    const all = [...rows, damaged, endless];
    data('parquet', join(folder, 'rows.parquet'), [...all, missing]);
    data('webdataset', join(folder, 'rows.tar'), [...all, missing]);
    writeFileSync(join(folder, 'rows.jsonl'), all.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const where = [
      '--model',
      model,
      '--batch',
      join(folder, 'rows.jsonl'),
      '--images',
      '/',
      '--out',
      join(folder, 'cli'),
    ];
    await runCommand('ground', [...where, '--max-new-tokens', TOKENS, '--threads', '1', '--format', 'grit,parquet']);
    const lines = data('read-jsonl', join(folder, 'cli/answers.jsonl')) as Answer[];
    const answered = lines.map((line, index) => ({ ...line, id: all[index]?.id as string }));
    const error = 'The row has no picture: its image is null, or a file of a kind that is not read.';
    expected = sorted([...answered, { id: missing.id, text: null, error }]);
    expect(expected).toHaveLength(PICTURES + 3);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('one of two actors killed in the middle: nothing is lost or doubled', async () => {
    const run = ray('parquet', 'row*.parquet', 'actor');
    await until(() => committed('actor') > 0, run);
    const [process_] = processesWith(model).filter(({ id }) => id !== run.child.pid);
    expect(process_).toBeDefined();
    process.kill(process_?.parent as number, 'SIGKILL');
    const { code, output } = await run.ended;
    expect(code, output).toBe(0);
    expect(output).toContain(`${PICTURES + 3} rows answered; 3 failed.`);
    expect(sorted(data('read-parquet', join(folder, 'actor/answers')) as Answer[])).toEqual(expected);
  }, 300_000);

  it('the driver killed in the middle and started again: nothing is lost or doubled', async () => {
    const killed = ray('webdataset', 'rows.tar', 'driver');
    await until(() => committed('driver') > 1, killed);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const done = committed('driver');
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan((PICTURES + 3) / 2);
    const { code, output } = await ray('webdataset', 'rows.tar', 'driver').ended;
    expect(code, output).toBe(0);
    expect(sorted(data('read-parquet', join(folder, 'driver/answers')) as Answer[])).toEqual(expected);
  }, 300_000);

  it('a pattern that finds nothing is told in one sentence, before Ray starts', async () => {
    const { code, output } = await ray('parquet', 'none/*.parquet', 'nothing').ended;
    expect(code).toBe(1);
    expect(output).toBe(`ground.py: --input ${join(folder, 'none/*.parquet')} finds no file. Check the path.\n`);
  });

  it.each([
    ['id', 'key'],
    ['image', 'picture'],
    ['prompt', 'promt'],
  ])(
    'a column of Parquet for the %s that is not there is told in one sentence, and no row is asked',
    async (what, name) => {
      const { code, output } = await ray('parquet', 'rows.parquet', 'misspelt', `--${what}-column`, name).ended;
      expect(code).toBe(1);
      expect(output).toContain(
        `ground.py: --${what}-column ${name} is no column of the input, which has id, image, prompt. Name one of these.\n`,
      );
      expect(output).not.toContain('Traceback');
      expect(committed('misspelt')).toBe(0);
    },
    120_000,
  );

  it('an ending that no sample of a WebDataset has is told beside those that are there, before Ray starts', async () => {
    data('webdataset', join(folder, 'wordy.tar'), [missing]);
    const pictures = 'jpg, jpeg, jfif, png, webp, gif, avif, heic, heif, bmp, tif, tiff';
    for (const [tar, columns, sentence] of [
      [
        'rows.tar',
        ['--prompt-column', 'promt'],
        '--prompt-column promt is no ending of the input, whose files end in ',
      ],
      ['wordy.tar', [], `No sample of the input has a picture (${pictures}): its files end in prompt. Rename them.\n`],
    ] as const) {
      const { code, output } = await ray('webdataset', tar, 'misspelt', ...columns).ended;
      expect(code).toBe(1);
      expect(output).toContain(`ground.py: ${sentence}`);
      expect(output.split('\n')).toHaveLength(2);
    }
  });

  it('JSON lines, GrIT and Parquet of the command line are read by Arrow', () => {
    const lines = data('read-jsonl', join(folder, 'cli/answers.jsonl')) as Record<string, unknown>[];
    const table = data('read-parquet', join(folder, 'cli/answers.parquet')) as Record<string, unknown>[];
    const grit = data('read-jsonl', join(folder, 'cli/grit.jsonl')) as {
      caption: string;
      noun_chunks: number[][];
    }[];
    expect(table).toHaveLength(lines.length);
    const answered = table.filter(({ error }) => error === null);
    expect(grit).toHaveLength(answered.length);
    for (const [index, row] of answered.entries()) {
      const entities = row.entities as { phrase: string | null; start: number; end: number; boxes: object[] }[];
      const named = entities.filter(({ start, end }) => end > start);
      const chunks = grit[index]?.noun_chunks ?? [];
      expect(grit[index]?.caption).toBe(row.caption);
      expect(chunks).toHaveLength(named.flatMap(({ boxes }) => boxes).length);
      for (const [start = 0, end = 0] of chunks) {
        const phrase = Array.from(grit[index]?.caption ?? '')
          .slice(start, end)
          .join('');
        expect(named.map((entity) => entity.phrase)).toContain(phrase);
      }
    }
  });
});
