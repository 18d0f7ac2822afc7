import { expect, it } from 'vitest';
import { append } from '../../../src/evaluation/append.ts';

it('a list grows in place, so that many samples of one category cost no more each than few', () => {
  const lists = new Map<string, number[]>();
  append(lists, 'people', 1);
  const list = lists.get('people');
  append(lists, 'people', 2);
  append(lists, 'animals', 3);
  expect(lists.get('people')).toBe(list);
  expect([...lists]).toEqual([
    ['people', [1, 2]],
    ['animals', [3]],
  ]);
});
