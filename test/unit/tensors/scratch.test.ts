import { expect, it } from 'vitest';
import { Scratch } from '../../../src/tensors/scratch.ts';

it('memory is used again as far as it reaches, and none that few weights need is kept', () => {
  const scratch = new Scratch();
  const first = scratch.take(1000);
  expect(scratch.take(10).buffer).toBe(first.buffer);
  expect(scratch.take(2000).buffer).not.toBe(first.buffer);
  const large = scratch.take(2 ** 24 + 1);
  expect(large).toHaveLength(2 ** 24 + 1);
  expect(scratch.take(2000).buffer.byteLength).toBe(2000);
});
