import { expect, it } from 'vitest';
import { runCommand } from '../../support/run-cli.ts';

interface Row {
  readonly stage: string;
  readonly time: { readonly median: number; readonly min: number; readonly max: number };
  readonly amount: number;
}

it('every stage that the benchmark promises is measured, from a photograph to products of the full size', {
  timeout: 300_000,
}, async () => {
  const { code, stdout } = await runCommand('bench', ['--json', '--runs', '3']);
  expect(code).toBe(0);
  const { rows } = JSON.parse(stdout) as { readonly rows: readonly Row[] };
  for (const { stage, time, amount } of rows) {
    expect(time.min, stage).toBeGreaterThan(0);
    expect(time.min, stage).toBeLessThanOrEqual(time.median);
    expect(time.median, stage).toBeLessThanOrEqual(time.max);
    expect(amount, stage).toBeGreaterThan(0);
  }
  const decoding = [64, 256, 500].map((length) => `decode at ${length} positions`);
  const products = ['in float32', 'by its codes', 'in int8'].flatMap((way) => [
    `a product ${way}, 1 row`,
    `a product ${way}, 64 rows`,
  ]);
  expect(rows.map(({ stage }) => stage)).toEqual([
    ...['preprocess a photograph', 'tokenize', 'parse an answer', 'quantize a weight as q4', 'quantize a weight as q8'],
    ...['import as q8', 'open the package', 'build graphs and sessions', 'encode an image', 'prefill'],
    ...[...decoding, ...products],
  ]);
});

it.each([
  ['bench', ['--checkpoint', '/nowhere'], '--checkpoint /nowhere has no model.safetensors'],
  ['throughput', ['--images', '/nowhere'], 'The folder "/nowhere" holds no pictures'],
])('%s tells what it does not find before it measures', async (name, args, sentence) => {
  const { code, stdout, stderr } = await runCommand(name, args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(sentence);
});
