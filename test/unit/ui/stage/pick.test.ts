import { describe, expect, it } from 'vitest';
import { type Pickable, pickOf, under } from '../../../../src/ui/stage/pick.ts';

const box = (key: string, x: number, y: number, size: number, tag: Pickable['tag'] = null): Pickable => ({
  key,
  rect: { x, y, width: size, height: size },
  tag,
});
const keys = (items: readonly Pickable[]) => items.map(({ key }) => key);

const big = box('big', 0, 0, 300);
const middle = box('middle', 50, 50, 100);
const small = box('small', 80, 80, 20);

describe('what is under a point', () => {
  it('begins with the smallest, whatever the order', () => {
    for (const items of [
      [big, middle, small],
      [small, big, middle],
    ]) {
      expect(keys(under(items, { x: 90, y: 90 }))).toEqual(['small', 'middle', 'big']);
    }
    expect(keys(under([big, middle, small], { x: 60, y: 60 }))).toEqual(['middle', 'big']);
  });

  it('is what a label there names, before the boxes it lies on', () => {
    const labelled = box('labelled', 400, 400, 10, { x: 60, y: 60, width: 40, height: 20 });
    expect(keys(under([big, middle, labelled], { x: 70, y: 70 }))).toEqual(['labelled', 'middle', 'big']);
  });

  it('includes a box a few pixels beside its line, and nothing far from any', () => {
    expect(keys(under([middle], { x: 46, y: 100 }))).toEqual(['middle']);
    expect(under([middle], { x: 40, y: 100 })).toEqual([]);
  });
});

describe('a press', () => {
  const found = under([big, middle, small], { x: 90, y: 90 });

  it('picks the smallest first, and repeated at the same point every other one in turns', () => {
    let picked: string | null = null;
    const order = [1, 2, 3, 4].map(() => {
      picked = pickOf(found, picked)?.key ?? null;
      return picked;
    });
    expect(order).toEqual(['small', 'middle', 'big', 'small']);
  });

  it('elsewhere begins anew', () => {
    expect(pickOf(found, 'elsewhere')?.key).toBe('small');
    expect(pickOf([], 'middle')).toBeUndefined();
  });
});
