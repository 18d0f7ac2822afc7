import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderFiles } from '../../../src/cli/folder-files.ts';
import { openPackage } from '../../../src/package/open-package.ts';
import { isJson, startHubServer } from '../../support/hub-server.ts';
import { differences, readFolder } from '../package/memory-files.ts';

const MODEL = 'test/fixtures/reference/random-bf16';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kosmos2-import-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'src/cli/import.ts', ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

/** Starts an import and sends a signal once some of its shards are there. */
function interrupt(
  signal: NodeJS.Signals,
  out: string,
  ...args: string[]
): Promise<Outcome & { signal: string | null }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/import.ts', '--out', out, ...args]);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const poll = setInterval(async () => {
    const journal = await readFile(join(out, 'import.json'), 'utf8').catch(() => '');
    // Once: a second Ctrl-C would not wait.
    if (journal.includes('"bytes"') && !child.killed) child.kill(signal);
  }, 5);
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      clearInterval(poll);
      resolve({ code: code ?? -1, stdout, stderr, signal });
    });
  });
}

describe('import', () => {
  test('makes a package that opens, quiet on stderr, and a report of every weight', async () => {
    const [out, report] = [join(folder, 'package'), join(folder, 'report.json')];
    const args = ['--name', 'A name', '--licence', 'MIT', '--description', 'Words.', '--report', report];
    const outcome = await run('--from', MODEL, '--out', out, '--quantize', 'q8', ...args);
    expect(outcome).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/7 files, .* MB, q8\n$/) });
    const pkg = await openPackage(folderFiles(out));
    expect(pkg.manifest).toMatchObject({
      name: 'A name',
      licence: 'MIT',
      description: 'Words.',
      scheme: 'q8',
      source: { repository: 'random-bf16', revision: null },
    });
    const errors: { name: string; relativeRms: number }[] = JSON.parse(await readFile(report, 'utf8'));
    expect(errors.map(({ name }) => name)).toEqual([...pkg.weights.keys()]);
    for (const { relativeRms } of errors) expect(relativeRms).toBeLessThan(0.01);
  });

  test('tells of a report that cannot be written before it begins, and leaves nothing of one that can', async () => {
    const out = join(folder, 'package');
    const args = ['--from', MODEL, '--out', out, '--quantize', 'q8', '--report'];
    expect(await run(...args, folder)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^import: --report \S+ cannot be written to \(EISDIR\)/),
    });
    await expect(readdir(out)).rejects.toThrow('ENOENT');
    await cp(MODEL, join(folder, 'from'), { recursive: true });
    await rm(join(folder, 'from/tokenizer.json'));
    const broken = [...args, join(out, 'report.json'), '--from', join(folder, 'from')];
    expect(await run(...broken)).toMatchObject({ stderr: expect.stringContaining('tokenizer.json is missing') });
    expect(await readdir(out)).toEqual([]);
  });

  test('replaces a package, leaving nothing of the old one', async () => {
    const out = join(folder, 'package');
    await cp('public/models/demo', out, { recursive: true });
    const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'));
    const shard = manifest.files['model-00001-of-00001.safetensors'];
    delete manifest.files['model-00001-of-00001.safetensors'];
    for (const name of ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors']) {
      manifest.files[name] = shard;
      await writeFile(join(out, name), 'old');
    }
    await rm(join(out, 'model-00001-of-00001.safetensors'));
    await writeFile(join(out, 'manifest.json'), JSON.stringify(manifest));
    expect(await run('--from', MODEL, '--out', out, '--quantize', 'f16')).toMatchObject({ code: 0 });
    const { files } = (await openPackage(folderFiles(out))).manifest;
    expect((await readdir(out)).sort()).toEqual([...Object.keys(files), 'manifest.json'].sort());
  });

  test('refuses a folder of other things, and with --force leaves them alone', async () => {
    await writeFile(join(folder, 'thesis.txt'), 'ten years of work');
    const refused = await run('--from', MODEL, '--out', folder, '--quantize', 'q4');
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^import: .*--force.*\n$/) });
    expect(await readdir(folder)).toEqual(['thesis.txt']);
    expect(await run('--from', MODEL, '--out', folder, '--quantize', 'q4', '--force')).toMatchObject({ code: 0 });
    expect(await readFile(join(folder, 'thesis.txt'), 'utf8')).toBe('ten years of work');
    await openPackage(folderFiles(folder));
  });

  test('goes on after a kill in its first write, and takes no other unfinished file for its own', async () => {
    const command = ['--from', MODEL, '--out', folder, '--quantize', 'q4'];
    await writeFile(join(folder, 'import.json.part'), '{"format": 1,');
    await writeFile(join(folder, 'film.part'), 'half a film');
    expect(await run(...command)).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') });
    await rm(join(folder, 'film.part'));
    expect(await run(...command)).toMatchObject({ code: 0 });
    expect(await readdir(folder)).not.toContain('import.json.part');
  });

  test('that fails halfway leaves no package and says in one sentence why', async () => {
    const [from, out] = [join(folder, 'from'), join(folder, 'out')];
    await cp(MODEL, from, { recursive: true });
    const weights = await readFile(join(from, 'model.safetensors'));
    // bfloat16 0x7fff is NaN; the last weight of the file is far into the import.
    weights.writeUInt16LE(0x7fff, weights.length - 2);
    await writeFile(join(from, 'model.safetensors'), weights);
    const outcome = await run('--from', from, '--out', out, '--quantize', 'q4');
    expect(outcome).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^import: \S+\[\d+\] is NaN: .*\.\n$/),
    });
    expect(await readdir(out)).toEqual([]);
  });

  test.each([
    ['Ctrl-C', 'SIGINT', { code: 130, stderr: 'import: stopped; the same command goes on from here.\n' }],
    ['a kill', 'SIGKILL', { signal: 'SIGKILL' }],
  ] as const)('goes on after %s and leaves the bytes of an undisturbed import', async (_, signal, outcome) => {
    const server = await startHubServer({ files: await readFolder(MODEL), fault: () => 'slow' });
    const [out, whole, report] = ['out', 'whole', 'report.json'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const args = ['--from', server.site, '--quantize', 'q4', '--name', 'Test', '--repository', 'test'];
    args.push('--report', report);
    try {
      expect(await interrupt(signal, out, ...args)).toMatchObject({ stdout: '', ...outcome });
      expect(await readdir(out)).toContain('import.json');
      expect(await readdir(out)).not.toContain('manifest.json');
      expect(await run('--out', out, ...args)).toMatchObject({ code: 0, stderr: '' });
      const resumed = await readFile(report, 'utf8');
      await run('--out', whole, ...args, '--from', MODEL);
      expect(resumed).toBe(await readFile(report, 'utf8'));
      expect(differences(await readFolder(out), await readFolder(whole))).toEqual([]);
    } finally {
      await server.close();
    }
  });

  test('from the hub takes licence and commit from there, and the token from the environment', async () => {
    const server = await startHubServer({ files: await readFolder(MODEL), token: 'hf_secret', comesWhole: isJson });
    const out = join(folder, 'out');
    const args = ['--from', 'hf:test/kosmos-2', '--endpoint', server.endpoint, '--out', out, '--quantize', 'q4'];
    try {
      const refused = await run(...args);
      expect(refused).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^import: \S+ needs an access token, .*\n$/),
      });
      process.env.KOSMOS2_TEST_TOKEN = 'hf_secret';
      expect(await run(...args, '--token-env', 'KOSMOS2_TEST_TOKEN')).toMatchObject({ code: 0, stderr: '' });
      expect((await openPackage(folderFiles(out))).manifest).toMatchObject({
        name: 'kosmos-2',
        licence: 'MIT',
        source: { repository: 'test/kosmos-2', revision: server.commit },
      });
    } finally {
      delete process.env.KOSMOS2_TEST_TOKEN;
      await server.close();
    }
  });

  test('that fails before it wrote anything leaves the old package as it was', async () => {
    const [from, out] = [join(folder, 'from'), join(folder, 'out')];
    await cp(MODEL, from, { recursive: true });
    await rm(join(from, 'tokenizer.json'));
    await cp('public/models/demo', out, { recursive: true });
    const before = (await openPackage(folderFiles(out))).manifest;
    expect(await run('--from', from, '--out', out, '--quantize', 'q4')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('tokenizer.json is missing'),
    });
    expect((await openPackage(folderFiles(out))).manifest).toEqual(before);
  });

  test.each([
    [
      'microsoft/kosmos-2-patch14-224',
      /There is no folder .*; for the repository .* give hf:microsoft\/kosmos-2-patch14-224\.\n$/,
    ],
    [`${MODEL}/config.json`, /There is no folder --from \S+\. Check the path\.\n$/],
  ])('from %s, where no folder is, says so', async (from, message) => {
    const { code, stderr } = await run('--from', from, '--out', join(folder, 'out'), '--quantize', 'q4');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(message) });
  });

  test('from the address of a page of the hub reads the repository', async () => {
    const server = await startHubServer({ files: await readFolder(MODEL) });
    const out = join(folder, 'out');
    const page = 'https://huggingface.co/test/kosmos-2/tree/main';
    try {
      const outcome = await run('--from', page, '--endpoint', server.endpoint, '--out', out, '--quantize', 'q4');
      expect(outcome).toMatchObject({ code: 0, stderr: '' });
      const { source } = (await openPackage(folderFiles(out))).manifest;
      expect(source).toEqual({ repository: 'test/kosmos-2', revision: server.commit });
    } finally {
      await server.close();
    }
  });

  test.each([
    [[], /--from is missing/],
    [['--from', MODEL, '--out', 'x', '--quantize', 'q5'], /q5 is not one of f32, f16, q8, q4, q4-small/],
    [['--from', MODEL, '--out', MODEL, '--quantize', 'q4'], /another folder/],
    [['--form', MODEL], /--form/],
    [['--from', MODEL, '--out', 'x', '--quantize', 'q4', '--endpoint', 'https://x'], /go with --from hf:/],
  ])('answers the wrong command line %j with exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('--help names every option', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    for (const option of ['from', 'out', 'quantize', 'name', 'licence', 'description', 'report', 'force']) {
      expect(stdout).toContain(`--${option}`);
    }
  });
});
