import { expect, it } from 'vitest';
import { mulberry32 } from '../../../src/kosmos2/random.ts';
import { ROTATED, rotate, rotationMatrix } from '../../../src/tensors/rotation.ts';

const random = mulberry32(11);
const numbers = () => Float32Array.from({ length: ROTATED }, () => random() - 0.5);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * (b[i] as number), 0);
/** Row `row` of Sylvester's Hadamard matrix: the sign of a number tells whether they share an odd number of bits. */
const signs = (row: number) =>
  Array.from({ length: ROTATED }, (_, i) => ((row & i).toString(2).replaceAll('0', '').length % 2 ? -1 : 1));

it('rotating is multiplying by a Hadamard matrix', () => {
  const values = numbers();
  const rotated = values.slice();
  rotate(rotated, 0);
  for (let row = 0; row < ROTATED; row += 1) expect(rotated[row]).toBeCloseTo(dot(signs(row), values), 5);
});

it('a product of two rows stays what it was where one is rotated and the other multiplied by the matrix', () => {
  const [a, b] = [numbers(), numbers()];
  const matrix = rotationMatrix();
  const turned = a.map((_, column) =>
    dot(
      a,
      Float32Array.from(b, (_, row) => matrix[row * ROTATED + column] as number),
    ),
  );
  const rotated = b.slice();
  rotate(rotated, 0);
  expect(dot(turned, rotated)).toBeCloseTo(dot(a, b), 5);
});

it('only the block at its place is rotated', () => {
  const values = new Float32Array(3 * ROTATED).fill(7);
  rotate(values, ROTATED);
  expect([...values.subarray(0, ROTATED), ...values.subarray(2 * ROTATED)]).toEqual(new Array(2 * ROTATED).fill(7));
  expect([...values.subarray(ROTATED, 2 * ROTATED)]).toEqual([7 * ROTATED, ...new Array(ROTATED - 1).fill(0)]);
});
