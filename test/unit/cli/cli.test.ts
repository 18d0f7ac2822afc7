import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const room = fileURLToPath(new URL('../../../src/cli/', import.meta.url));

it('a failure in the middle ends the command, also while whoever asks keeps its input open', async () => {
  const code = `
    import { runCli } from '${room}cli.ts';
    import { readLines } from '${room}lines.ts';
    await runCli({ name: 'test', usage: '', options: {} }, async () => {
      const lines = readLines(process.stdin)[Symbol.asyncIterator]();
      await lines.next();
      // The next one is waited for already, as where several are answered at once.
      void lines.next();
      throw new Error('no memory left');
    });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code]);
  let told = '';
  child.stderr.on('data', (part) => {
    told += part;
  });
  child.stdin.write('a line\n');
  const [exit] = await once(child, 'exit');
  expect(told).toContain('test: ');
  expect(told).toContain('no memory left');
  expect(exit).toBe(1);
}, 60_000);
