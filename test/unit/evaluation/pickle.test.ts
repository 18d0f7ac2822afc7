import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Pickled, readPickle } from '../../../src/evaluation/datasets/pickle.ts';
import { fixture } from '../../support/packages.ts';

const read = (name: string) => readFileSync(fixture(`evaluation/refcoco/${name}`));
const bytes = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

function plain(value: Pickled): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [String(key), plain(each)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

describe('a pickle of plain data', () => {
  it.each([0, 1, 2, 3, 4, 5])('is the same in protocol %d', (protocol) => {
    const refs = plain(readPickle(read(`protocol-${protocol}.p`), 'refs')) as Record<string, unknown>[];
    expect(refs.map(({ ref_id, split }) => [ref_id, split])).toEqual([
      [1, 'val'],
      [2, 'val'],
      [3, 'testA'],
    ]);
    expect(refs[1]?.sentences).toMatchObject([
      { sent: 'café table' },
      { sent: 'table with "menu" \\ board', tokens: ['table', 'with', '"menu"', '\\', 'board'] },
      { sent: '猫 on it' },
    ]);
    expect(refs[0]?.more).toEqual([null, true, false, -1, 300, 70000, -(2 ** 40), 2 ** 70, 1.5, []]);
  });
});

describe('a hostile pickle', () => {
  it('that would call something is refused at that byte, and nothing is called', () => {
    expect(() => readPickle(read('hostile.p'), 'refs(unc).p')).toThrow(
      'refs(unc).p holds more than plain data: byte 0, "c", would make or call something.',
    );
  });

  it.each([
    ['breaks off in a text', 'X\x05\0\0\0ab'],
    ['claims a text longer than itself', 'X\xff\xff\xff\x7fab.'],
    ['breaks off in a line', 'I12'],
    ['ends without a value', '.'],
    ['pops what is not there', '0.'],
    ['takes up to a mark that is not there', 'e.'],
    ['appends to a number', 'K\x01K\x02a.'],
    ['sets an odd number of items', '}(K\x01u.'],
    ['recalls what was never kept', 'h\x05.'],
    ['is empty', ''],
  ])('that %s is refused with its place', (_, text) => {
    expect(() => readPickle(bytes(text), 'refs(unc).p')).toThrow(/refs\(unc\)\.p is no whole pickle/);
  });
});
