import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

it('lint passes where the commands of READMEs and docs have written what they write', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kosmos2-lint-'));
  try {
    for (const name of ['biome.json', '.gitignore']) await copyFile(join(root, name), join(folder, name));
    const written = await pathsWritten();
    expect(written).toEqual(
      expect.arrayContaining(['env', 'kosmos2', 'results.jsonl', 'training/.venv', 'training/model']),
    );
    for (const path of written) {
      const file = join(folder, path.endsWith('.jsonl') ? `${path}.run.json` : `${path}/config.json`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, '{"spaces":    "not ours"}');
    }
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const linted = promisify(execFile)(process.execPath, [biome, 'check'], { cwd: folder });
    await expect(linted).resolves.toBeDefined();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Folders and files that the commands in READMEs and docs write, from the root. */
async function pathsWritten(): Promise<readonly string[]> {
  const paths = new Set<string>();
  for (const [folder, from] of [
    ['', ''],
    ['docs', ''],
    ['bulk', ''],
    ['training', 'training'],
  ] as const) {
    for (const name of await readdir(join(root, folder))) {
      if (!name.endsWith('.md')) continue;
      const text = await readFile(join(root, folder, name), 'utf8');
      // Words in capitals stand for a name, and what begins with a slash lies elsewhere.
      for (const [, path = ''] of text.matchAll(/(?:--out|-m venv) ([a-z.][\w./-]*)/g)) paths.add(join(from, path));
    }
  }
  return [...paths];
}
