/** Pythons with pinned packages, each an environment of its own in .cache. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './setup.mjs';

/** Our Python uses syntax and packages that older ones lack. */
const OLDEST_MINOR = 11;

/**
 * The environment's `{python}` for the requirements.txt of a folder, made where it is missing or older than they are; or
 * `{missing}`: why there is none.
 * @param folder from the root: `training`, `scripts/compare`
 * @param purpose what it is for, in a sentence: "to test ..."
 */
export async function ensurePython(folder, purpose) {
  const requirements = join(root, folder, 'requirements.txt');
  const environment = join(root, '.cache', `${folder.split('/').at(-1)}-python`);
  const bin = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const python = join(environment, ...bin);
  const wanted = readFileSync(requirements, 'utf8');
  const stamp = join(environment, 'installed-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { python };
  const system = ['python3', 'python'].find(isNewEnough);
  if (!system) return { missing: `There is no Python 3.${OLDEST_MINOR} or newer: install one ${purpose}.` };
  console.error(`Installing the Python packages of ${folder} (PyTorch among them, up to 3 GB) ...`);
  try {
    await run(system, ['-m', 'venv', '--clear', environment]);
    // Compiled when imported: few of these packages' modules ever are.
    await run(python, ['-m', 'pip', 'install', '--quiet', '--no-compile', '--requirement', requirements]);
  } catch (error) {
    return { missing: `The Python packages of ${folder} could not be installed. ${error.message}` };
  }
  writeFileSync(stamp, wanted);
  return { python };
}

function isNewEnough(command) {
  const check = `import sys; sys.exit(sys.version_info < (3, ${OLDEST_MINOR}))`;
  return spawnSync(command, ['-c', check]).status === 0;
}
