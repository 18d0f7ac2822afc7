import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { categoryOf, KINDS } from '../../../src/scenes/kinds.ts';
import { pluralOf } from '../../../src/scenes/words.ts';

it('the kinds, their categories and plurals are those that the workshop trains', () => {
  const source = readFileSync(new URL('../../../training/workshop/scenes/kinds.py', import.meta.url), 'utf8');
  const table = /^_TABLE = \{(.*?)^\}/ms.exec(source)?.[1] ?? '';
  const taught = [...table.matchAll(/"(\w+)": """(.*?)"""/gs)].flatMap(([, category, entries = '']) =>
    entries
      .replace(/\s+/g, ' ')
      .split(';')
      .map((entry) => {
        const [name = '', plural = `${name}s`] = (entry.split(':')[0] ?? '').trim().split('/');
        return { name, category, plural };
      }),
  );
  expect(KINDS.map((kind) => ({ name: kind, category: categoryOf(kind), plural: pluralOf(kind) }))).toEqual(taught);
});
