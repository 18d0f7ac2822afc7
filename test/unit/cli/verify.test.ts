import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../../src/package/sha256.ts';
import { readSafetensors } from '../../../src/tensors/safetensors.ts';
import { bytesSource } from '../../support/bytes-source.ts';

const SHARD = 'model-00001-of-00001.safetensors';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kosmos2-verify-'));
  await cp('public/models/demo', folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function verify(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'src/cli/verify.ts', ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

test('a sound package passes: hashes, graphs, tokens, and every recorded id', async () => {
  const { code, stdout, stderr } = await verify('--model', folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^package {2}Demo model, q8, MIT, from demo-model/);
  expect(stdout).toContain('every hash is right');
  expect(stdout).toMatch(/runs {5}8 tokens, .*An image of/);
  expect(stdout).toMatch(/answers {2}37 of 37 ids/);
});

test('a package of a folder, whose weights no answer is known of, is told how to be checked against one', async () => {
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  manifest.source.repository = 'kosmos-2-patch14-224';
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const { code, stdout } = await verify('--model', folder);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /answers {2}none is recorded for kosmos-2-patch14-224 \(.* --repository microsoft\/kosmos-2-patch14-224\)\n$/,
  );
});

test('one wrong bit is found by its hash, before anything is run', async () => {
  const shard = await readFile(join(folder, SHARD));
  shard[shard.length >> 1] = (shard[shard.length >> 1] as number) ^ 1;
  await writeFile(join(folder, SHARD), shard);
  const { code, stdout, stderr } = await verify('--model', folder);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^verify: model-00001-of-00001\.safetensors in \S+ is damaged: .*\.\n$/);
});

test('weights that are not those of the recorded answer are found out, though their hashes are right', async () => {
  const shard = new Uint8Array(await readFile(join(folder, SHARD)));
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  // Codes of 128 are zeros: a decoder whose feed-forward layers say nothing.
  for (const { name, offset, byteLength } of (await readSafetensors(bytesSource(SHARD, shard))).values()) {
    if (/text_model.*fc2\.weight\.q8$/.test(name)) shard.fill(128, offset, offset + byteLength);
  }
  manifest.files[SHARD].sha256 = await sha256(shard);
  await writeFile(join(folder, SHARD), shard);
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const { code, stdout, stderr } = await verify('--model', folder);
  expect(code).toBe(1);
  expect(stdout).toMatch(/position \d+: recorded \d+, chosen \d+/);
  expect(stderr).toMatch(/^verify: The model chooses \d+ of 37 recorded ids, fewer than 30: .*\n$/);
});
