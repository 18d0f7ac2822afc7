import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerLines, readLines } from '../../../src/cli/lines.ts';
import { fixture } from '../kosmos2/fixtures.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const REAL = join(root, 'test/fixtures/reference/tokenizer/tokenizer.json');
const DEMO = join(root, 'test/fixtures/demo-model/tokenizer.json');

interface Run {
  readonly code: number | null;
  readonly out: string[];
  readonly err: string;
}

/** Runs a command as npm does, with `input` on its standard input. */
function run(command: 'tokenize' | 'parse', args: string[], input = ''): Promise<Run> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, `src/cli/${command}.ts`), ...args], {
    cwd: root,
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin.on('error', () => {}).end(input);
  return new Promise((done) => {
    child.on('close', (code) => done({ code, out: out.split('\n').filter((line) => line !== ''), err }));
  });
}
const lines = (texts: readonly string[]) => `${texts.map((text) => JSON.stringify(text)).join('\n')}\n`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kosmos2-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('tokenize', () => {
  it('prints the reference ids of every given string, one line each', async () => {
    const cases = fixture<{ text: string; ids: number[] }[]>('reference/tokenization.json');
    const { code, out, err } = await run('tokenize', ['--tokenizer', REAL], lines(cases.map(({ text }) => text)));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.map((line) => JSON.parse(line))).toEqual(cases.map(({ ids }) => ({ ids })));
  });

  it('answers a bad line with an error, goes on, and ends with 1', async () => {
    const input = '"A"\nnot json\n\n{"text":"A"}\n"A"';
    const { code, out, err } = await run('tokenize', ['--tokenizer', DEMO], input);
    expect(code).toBe(1);
    expect(out).toHaveLength(4);
    const [first, second, third, last] = out.map((line) => JSON.parse(line));
    expect(first).toEqual(last);
    expect(Object.keys(first)).toEqual(['ids']);
    for (const bad of [second, third]) expect(bad.error).toMatch(/^This line is not a JSON string/);
    expect(err).toBe('tokenize: 2 of 4 lines failed; see "error" in the output.\n');
  });
});

describe('parse', () => {
  it('prints what the reference makes of every given text', async () => {
    type Case = { text: string; caption: string; entities: unknown[] };
    const cases = fixture<Case[]>('reference/postprocess.json');
    const { code, out } = await run('parse', ['--tokenizer', REAL], lines(cases.map(({ text }) => text)));
    expect(code).toBe(0);
    expect(out.map((line) => JSON.parse(line))).toEqual(cases.map(({ caption, entities }) => ({ caption, entities })));
  });
});

describe('both', () => {
  it.each(['tokenize', 'parse'] as const)('%s explains itself', async (command) => {
    const { code, out, err } = await run(command, ['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out[0]).toMatch(new RegExp(`^Usage: npm run -s ${command} -- --tokenizer`));
  });

  it.each<[string, () => string[], number, RegExp]>([
    ['no tokenizer', () => [], 2, /^tokenize: --tokenizer is missing\. See tokenize --help\.\n$/],
    [
      'an unknown option',
      () => ['--tokeniser', 'x'],
      2,
      /^tokenize: Unknown option '--tokeniser'\. See tokenize --help\.\n$/,
    ],
    [
      'no such file',
      () => ['--tokenizer', 'nowhere.json'],
      1,
      /^tokenize: Cannot read nowhere\.json: there is no such file; .*\n$/,
    ],
    ['a folder', () => ['--tokenizer', folder], 1, /^tokenize: Cannot read .*: EISDIR; .*\n$/],
    [
      'a file that is not JSON',
      () => ['--tokenizer', join(folder, 'broken.json')],
      1,
      /^tokenize: .*broken\.json is not valid JSON: .*\n$/,
    ],
    [
      'a file that is no tokenizer',
      () => ['--tokenizer', join(folder, 'empty.json')],
      1,
      /^tokenize: tokenizer\.json has no list of added_tokens; .*\n$/,
    ],
  ])('say in one sentence what is wrong: %s', async (_, args, expected, sentence) => {
    await writeFile(join(folder, 'broken.json'), '{"model":');
    await writeFile(join(folder, 'empty.json'), '{}');
    const { code, out, err } = await run('tokenize', args());
    expect({ code, out }).toEqual({ code: expected, out: [] });
    expect(err).toMatch(sentence);
  });

  it('answer a line before the next one comes', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/cli/tokenize.ts'), '--tokenizer', DEMO], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const answers: string[] = [];
    const next = () =>
      new Promise<void>((done) => {
        child.stdout.setEncoding('utf8').once('data', (text: string) => {
          answers.push(text);
          done();
        });
      });
    for (const text of ['"A"\n', '"."\n']) {
      const answered = next();
      child.stdin.write(text);
      await answered;
    }
    child.stdin.end();
    expect(await new Promise((done) => child.on('close', done))).toBe(0);
    expect(answers.map((line) => Object.keys(JSON.parse(line)))).toEqual([['ids'], ['ids']]);
  });

  it('stop quietly, but not as a success, when nobody reads on', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/cli/tokenize.ts'), '--tokenizer', DEMO], {
      cwd: root,
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.stdin.on('error', () => {}).end('"An image of"\n'.repeat(20_000));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((done) => child.on('close', done));
    expect({ code, err }).toEqual({ code: 141, err: '' });
  });
});

describe('reading lines', () => {
  async function* chunks(...parts: (string | Uint8Array)[]) {
    yield* parts;
  }
  const read = async (...parts: (string | Uint8Array)[]) => {
    const found: string[] = [];
    for await (const line of readLines(chunks(...parts))) found.push(line);
    return found;
  };

  it('ends them at line feeds only, however the chunks fall', async () => {
    expect(await read('a\u2028b\r', '\nc', 'd\n\n', 'e')).toEqual(['a\u2028b', 'cd', '', 'e']);
    const bytes = new TextEncoder().encode('"🐶"\n"é"\n');
    const single = Array.from(bytes, (_, at) => bytes.slice(at, at + 1));
    expect(await read(...single)).toEqual(['"🐶"', '"é"']);
    expect(await read()).toEqual([]);
  });

  it('refuses one that would fill the memory', async () => {
    const forever = async function* () {
      for (;;) yield 'x'.repeat(100_000);
    };
    await expect(answerLines(forever(), () => ({}))).rejects.toThrowError('Line 1 is longer than 1000000 characters');
  });
});
