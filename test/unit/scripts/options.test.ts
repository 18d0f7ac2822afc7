import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What a script says and its exit code. */
function ran(script: string, options: readonly string[]) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', `scripts/${script}`, ...options],
      { cwd: root },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

it.each([
  ['bench-browser/run.ts', ['--backend', 'webgl'], '--backend is wasm or webgpu, not "webgl".'],
  ['bench-browser/run.ts', ['--rounds', 'abc'], '--rounds is a whole number from 1, not "abc".'],
  ['trace/run.ts', ['--backend', 'webgl'], '--backend is wasm or webgpu, not "webgl".'],
  ['compare/run.ts', ['--size', 'huge'], '--size is small or middle, not "huge".'],
  ['compare/run.ts', ['--tokens', '1'], '--tokens is a whole number from 2, not "1".'],
  ['pictures/take.ts', ['offline', 'nonsense'], 'There is no picture and no set "nonsense". The names are readme, '],
  ['pictures/take.ts', ['--page', '/nowhere'], 'There is no built page in /nowhere: run `npm run build` first'],
])('%s refuses %j with a sentence before it does anything', async (script, options, sentence) => {
  const { code, stdout, stderr } = await ran(script, options);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.trim()).toMatch(/^[^\n]+$/);
  expect(stderr).toContain(sentence);
});
