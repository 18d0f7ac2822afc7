import { describe, expect, it } from 'vitest';
import { NewestOnly } from '../../../src/protocol/newest-only.ts';

/** Works for the name `a`, ended by the test in whatever order; and what has landed. */
function begun(count: number) {
  const works = new NewestOnly();
  const landed: number[] = [];
  const ends: { resolve(): void; reject(reason: Error): void }[] = [];
  const all = Array.from({ length: count }, (_, index) => {
    const work = () =>
      new Promise<number>((resolve, reject) => {
        ends.push({ resolve: () => resolve(index), reject });
      });
    return works.run('a', work, (result) => landed.push(result));
  });
  return { works, landed, all, end: (index: number) => ends[index] as (typeof ends)[number] };
}

describe('of works for one name', () => {
  it('one that was begun before another does not land behind it', async () => {
    const { landed, all, end } = begun(3);
    end(0).resolve();
    await all[0];
    end(2).resolve();
    await all[2];
    end(1).resolve();
    expect(await all[1]).toBe(1);
    expect(landed).toEqual([0, 2]);
  });

  it('one that fails keeps none before it from landing', async () => {
    const { landed, all, end } = begun(2);
    end(1).reject(new Error('broken'));
    await expect(all[1]).rejects.toThrow('broken');
    end(0).resolve();
    await all[0];
    expect(landed).toEqual([0]);
  });

  it('none lands once the name was ended, and one begun then does', async () => {
    const { works, landed, all, end } = begun(1);
    works.end('a');
    end(0).resolve();
    await all[0];
    await works.run(
      'a',
      async () => 7,
      (result) => landed.push(result),
    );
    expect(landed).toEqual([7]);
  });

  it('others are not minded', async () => {
    const { works, landed, all, end } = begun(1);
    await works.run(
      'b',
      async () => 8,
      (result) => landed.push(result),
    );
    works.end('b');
    end(0).resolve();
    await all[0];
    expect(landed).toEqual([8, 0]);
  });
});
