import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { installPackages, requireBuiltPage, requireNode } from '../../../scripts/setup.mjs';

it.each(['20.19.0', '20.20.1', '22.12.0', '22.22.0', '23.0.0', '24.1.0'])('Node %s is taken', (version) => {
  expect(() => requireNode(version)).not.toThrow();
});

it.each(['18.20.0', '20.18.3', '21.7.3', '22.11.0'])('Node %s, on which Vite does not start, is refused', (version) => {
  expect(() => requireNode(version)).toThrow(
    `needs Node 20.19 or later 20.x, or 22.12 or newer, and this is Node ${version}.`,
  );
});

it('the tools are installed too where NODE_ENV is production', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kosmos2-setup-'));
  vi.stubEnv('NODE_ENV', 'production');
  try {
    await mkdir(join(folder, 'tool'));
    await writeFile(join(folder, 'tool', 'package.json'), '{"name":"tool","version":"1.0.0"}');
    await writeFile(join(folder, 'package.json'), '{"devDependencies":{"tool":"file:tool"}}');
    await installPackages(folder);
    expect(existsSync(join(folder, 'node_modules', 'tool', 'package.json'))).toBe(true);
  } finally {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  }
});

it('a folder without a page is told with what builds one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kosmos2-setup-'));
  try {
    expect(() => requireBuiltPage(folder)).toThrow(`There is no built page in ${folder}: run \`npm run build\` first`);
    await writeFile(join(folder, 'index.html'), '');
    expect(() => requireBuiltPage(folder)).not.toThrow();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
