import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Journal, type JournalLine } from '../../../../src/cli/ground/journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'kosmos2-journal-'));
const path = join(folder, 'answers.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));

const lines: JournalLine[] = [0, 3, 4].map((index) => ({ index, image: 'a.png', prompt: 'ö 🐷\n', entities: [] }));
const text = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

async function read(journal: Journal): Promise<JournalLine[]> {
  const found: JournalLine[] = [];
  for await (const line of journal.lines()) found.push(line);
  return found;
}

it('cut off at any byte, it keeps the lines that are whole and goes on behind them', async () => {
  for (let cut = 0; cut <= text.length; cut += 1) {
    writeFileSync(path, text.subarray(0, cut));
    const journal = await Journal.open(path);
    const kept = await read(journal);
    expect(kept).toEqual(lines.slice(0, text.subarray(0, cut).toString('latin1').split('\n').length - 1));
    for (const line of lines.slice(kept.length)) await journal.add(line);
    await journal.close();
    expect(readFileSync(path).equals(text)).toBe(true);
  }
});

it.each([
  ['a line in the middle that is no JSON', `{"index":0}\n{"index":\n{"index":2}\n`],
  ['a row answered twice, as by two runs at once', `{"index":0}\n{"index":0}\n`],
  ['a line without its number', `{"index":0}\n{}\n`],
])('%s is told, and nothing is cut off', async (_, damaged) => {
  writeFileSync(path, damaged);
  const journal = await Journal.open(path);
  await expect(read(journal)).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringContaining('is damaged behind the answer of row 0'),
  });
  await journal.close();
  expect(readFileSync(path, 'utf8')).toBe(damaged);
});

it('rows asked again take their places, and until then all that was there stays', async () => {
  const again = join(folder, 'again.jsonl');
  const failed = lines.map((line) => ({ ...line, error: 'gone', code: 'IMAGE_NOT_AN_IMAGE' }));
  writeFileSync(path, failed.map((line) => `${JSON.stringify(line)}\n`).join(''));
  writeFileSync(again, `${JSON.stringify(lines[1])}\n{"index":4,"ima`);
  const journal = await Journal.open(path);
  await journal.replaceBy(again);
  const kept = [failed[0], lines[1], failed[2]];
  expect(await read(journal)).toEqual(kept);
  await journal.add({ index: 5, entities: [] });
  await journal.replaceBy(again);
  await journal.close();
  expect(readFileSync(path, 'utf8')).toBe(
    [...kept, { index: 5, entities: [] }].map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
});
