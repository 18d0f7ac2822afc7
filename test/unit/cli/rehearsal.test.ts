import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../support/run-cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kosmos2-rehearsal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('--keep takes over what an earlier run has made, and leaves it there', async () => {
  // Any package does: it is only opened and asked.
  await cp('public/models/demo', join(folder, 'package'), { recursive: true });
  await mkdir(join(folder, 'checkpoint'));
  await writeFile(join(folder, 'checkpoint/model.safetensors'), '');
  const { code, stdout } = await runCommand('rehearsal', ['--dir', folder, '--keep', '--tokens', '2']);
  expect(code).toBe(0);
  expect(stdout.match(/^\| .+ \| \| \| by an earlier run \|$/gm)).toHaveLength(2);
  expect(stdout.match(/tokens\/s/g)).toHaveLength(2);
  expect(await readdir(folder)).toEqual(['checkpoint', 'package']);
});
