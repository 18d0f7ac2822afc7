import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openInput } from '../../../../src/cli/ground/inputs.ts';
import type { Item } from '../../../../src/cli/ground/row.ts';
import { AppError } from '../../../../src/protocol/errors.ts';
import { fixture } from '../../../support/packages.ts';
import { longRuns } from './long-runs.ts';

const { folder, images, run, answers } = longRuns();
afterAll(() => rmSync(folder, { recursive: true }));

describe('a long run whose rows fail', () => {
  it('asks again what failed, in its place, and keeps what it was told where it is killed', async () => {
    const input = await openInput({ path: join(folder, 'rows.jsonl'), images, prompt: '' });
    const items = () => ['late.png', 'scene-01.png', 'never.png'].map((image) => ({ image, prompt: 'a' }));
    const changed = { input: { ...input, items }, decoding: { maxNewTokens: 1 } };
    expect(await run('again', changed)).toMatch(/1 of 3 rows answered; 2 failed/);
    copyFileSync(fixture('demo-scenes/scene-00.png'), join(images, 'late.png'));
    expect(await run('again', { ...changed, resume: true })).toMatch(
      /2 of 3 rows answered, 1 of them by an earlier run; 1 failed/,
    );
    expect(answers('again').map(({ index, error }) => [index, error === undefined])).toEqual([
      [0, true],
      [1, true],
      [2, false],
    ]);
    // As a run leaves it that is killed before it has put them in their places.
    const [first] = answers('again');
    const file = join(folder, 'again/answers.jsonl');
    const failed = { index: 0, image: 'late.png', prompt: 'a', error: 'gone', code: 'IMAGE_NOT_AN_IMAGE' };
    writeFileSync(file, readFileSync(file, 'utf8').replace(/.*\n/, `${JSON.stringify(failed)}\n`));
    writeFileSync(join(folder, 'again/again.jsonl'), `${JSON.stringify(first)}\n`);
    const none = () => Promise.reject(new Error('only the last is asked'));
    await expect(run('again', { ...changed, resume: true }, none)).rejects.toThrow('only the last is asked');
    expect(answers('again')[0]).toEqual(first);
  });

  it('goes on where its last row failed and was mended since, unless a row that was answered is another now', async () => {
    const input = await openInput({ path: join(folder, 'rows.jsonl'), images, prompt: '' });
    const unreadable = { error: new AppError('OPTION_INVALID', 'Line 2 is no JSON.') };
    const [first, mended] = [
      { image: 'scene-01.png', prompt: 'a' },
      { image: 'scene-00.png', prompt: 'a' },
    ];
    const given = (...items: Item[]) => ({
      input: { ...input, items: () => items },
      decoding: { maxNewTokens: 1 },
      resume: true,
    });
    for (const broken of [unreadable, { image: 'mistyped.png', prompt: 'a' }]) {
      rmSync(join(folder, 'mended'), { recursive: true, force: true });
      expect(await run('mended', given(first, broken))).toMatch(/1 of 2 rows answered; 1 failed/);
      for (const changed of [mended, unreadable])
        await expect(run('mended', given(changed, mended))).rejects.toThrow(/Row 0.*the input has changed/);
      await expect(run('mended', given(first))).rejects.toThrow(/Row 1.*is not there any more/);
      expect(await run('mended', given(first, mended))).toMatch(/2 rows answered, 1 of them by an earlier run/);
      expect(answers('mended')).toMatchObject([first, { ...mended, index: 1 }]);
    }
  });

  it('begun anew, it takes over nothing that a killed run had asked again', async () => {
    const input = await openInput({ path: join(folder, 'rows.jsonl'), images, prompt: '' });
    const items = () => [{ image: 'scene-01.png', prompt: 'a' }];
    mkdirSync(join(folder, 'anew'));
    const stale = { index: 0, image: 'scene-01.png', prompt: 'stale', caption: 'stale', entities: [] };
    writeFileSync(join(folder, 'anew/again.jsonl'), `${JSON.stringify(stale)}\n`);
    await run('anew', { input: { ...input, items }, decoding: { maxNewTokens: 1 } });
    expect(answers('anew')).toMatchObject([{ index: 0, prompt: 'a' }]);
  });

  it('ends where the folder of the pictures went away, with no line for what it could not read, and is resumed', async () => {
    const input = await openInput({ path: join(folder, 'rows.jsonl'), images, prompt: '' });
    const away = join(folder, 'away');
    const items = () => ['scene-01.png', 'scene-00.png'].map((image) => ({ image, prompt: 'a' }));
    const changed = { input: { ...input, items, images: away }, decoding: { maxNewTokens: 1 } };
    for (const bring of [() => {}, () => mkdirSync(away)]) {
      bring();
      await expect(run('gone', changed)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
      expect(readFileSync(join(folder, 'gone/answers.jsonl'), 'utf8')).toBe('');
    }
    copyFileSync(join(images, 'scene-01.png'), join(away, 'scene-01.png'));
    expect(await run('gone', changed)).toMatch(/1 of 2 rows answered; 1 failed/);
  });

  it('fails where all rows fail', async () => {
    const input = await openInput({ path: join(folder, 'rows.jsonl'), images, prompt: '' });
    const items = () => [{ image: 'missing.png', prompt: 'a' }];
    await expect(run('failed', { input: { ...input, items } })).rejects.toThrow(/All 1 rows failed/);
  });
});
