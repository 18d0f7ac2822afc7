import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { RECORDED_EXAMPLE } from '../../../src/ui/models/recorded-example.ts';

it('the recorded example is what the reference recorded of this very picture', async () => {
  const folder = 'test/fixtures/reference/official/';
  const { cases } = JSON.parse(await readFile(`${folder}snowman.json`, 'utf8'));
  expect(RECORDED_EXAMPLE).toBe(cases[0].text);
  expect(await readFile('public/self-test/snowman.jpg')).toEqual(await readFile(`${folder}snowman.jpg`));
});
