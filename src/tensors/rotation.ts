/** Numbers that are rotated together: a quantization block. */
export const ROTATED = 32;

/**
 * Whether rows of so many numbers are rotated, block by block: multiplied by a Hadamard matrix, which the other side of a
 * product has to be too, and divided by 32 once. The product stays what it was, but a number far larger than the others
 * of its block is shared out among them, and rounding all in equal steps no longer loses those for its sake (QuaRot,
 * arXiv 2404.00456). Language models have such inputs.
 */
export function isRotated(columns: number): boolean {
  return columns % ROTATED === 0;
}

/** Multiplies 32 numbers from `at` on by the Hadamard matrix (not divided by its norm): the fast Walsh-Hadamard transform. */
export function rotate(numbers: Float32Array, at: number): void {
  // Two steps at once, 1 and 4 apart, and one alone: 16 apart.
  for (let apart = 1; apart < 16; apart *= 4) {
    for (let first = at; first < at + ROTATED; first += 4 * apart) {
      for (let i = first; i < first + apart; i++) {
        const a = numbers[i] as number;
        const b = numbers[i + apart] as number;
        const c = numbers[i + 2 * apart] as number;
        const d = numbers[i + 3 * apart] as number;
        numbers[i] = a + b + (c + d);
        numbers[i + apart] = a - b + (c - d);
        numbers[i + 2 * apart] = a + b - (c + d);
        numbers[i + 3 * apart] = a - b - (c - d);
      }
    }
  }
  for (let i = at; i < at + ROTATED / 2; i++) {
    const a = numbers[i] as number;
    const b = numbers[i + ROTATED / 2] as number;
    numbers[i] = a + b;
    numbers[i + ROTATED / 2] = a - b;
  }
}

/** The Hadamard matrix divided by 32, `[32, 32]`, symmetric: for the side of a product that `rotate` has not turned. */
export function rotationMatrix(): Float32Array {
  const matrix = new Float32Array(ROTATED * ROTATED);
  for (let row = 0; row < ROTATED; row++) {
    const unit = new Float32Array(ROTATED);
    unit[row] = 1 / ROTATED;
    rotate(unit, 0);
    matrix.set(unit, row * ROTATED);
  }
  return matrix;
}
