/** Pythons with pinned packages, each an environment of its own in .cache. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './setup.mjs';

/** Our Python uses syntax and packages that older ones lack. */
const OLDEST_MINOR = 11;

/**
 * The environment's `{python}` for the requirements.txt of a folder, made where it is missing or older than they are; or
 * `{missing}`: why there is none.
 * @param folder from the root: `training`, `scripts/compare`, `bulk`
 * @param purpose what it is for, in a sentence: "to test ..."
 * @param options `size`, what is told of the packages; the rest as `makeEnvironment` has them
 */
export async function ensurePython(folder, purpose, { size = 'PyTorch among them, up to 3 GB', ...options } = {}) {
  const environment = environmentOf(folder);
  if (environment.isReady) return { python: environment.python };
  const system = ['python3', 'python'].find(isNewEnough);
  if (!system) return { missing: `There is no Python 3.${OLDEST_MINOR} or newer: install one ${purpose}.` };
  console.error(`Installing the Python packages of ${folder} (${size}) ...`);
  return makeEnvironment(environment, system, options);
}

/**
 * An environment in .cache, for the packages that a folder's `requirements` tell. It need not be there; `isReady` where it
 * is, and whole.
 */
export function environmentOf(folder, requirements = 'requirements.txt') {
  const file = join(root, folder, requirements);
  const variant = requirements.slice('requirements'.length, -'.txt'.length);
  const path = join(root, '.cache', `${folder.split('/').at(-1)}-python${variant}`);
  const bin = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const stamp = join(path, 'installed-from');
  const isReady = existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(file, 'utf8');
  return { folder, file, path, python: join(path, ...bin), stamp, isReady };
}

/**
 * Makes an environment anew; `{python}`, or `{missing}`: why it could not be.
 * @param system the Python to make it with
 * @param options those of Python's `venv` and of `pip install`, and after how many milliseconds pip is given up
 */
export async function makeEnvironment(
  { folder, file, path, python, stamp },
  system,
  { venv = [], pip = [], timeout } = {},
) {
  try {
    await run(system, ['-m', 'venv', '--clear', ...venv, path]);
    // Compiled when imported: few of these packages' modules ever are.
    const quietly = ['--quiet', '--no-compile', '--disable-pip-version-check'];
    await run(python, ['-m', 'pip', 'install', ...quietly, ...pip, '--requirement', file], { timeout });
  } catch (error) {
    return { missing: `The Python packages of ${folder} could not be installed. ${error.message}` };
  }
  // Last, so that an environment that is cut off is made anew.
  copyFileSync(file, stamp);
  return { python };
}

function isNewEnough(command) {
  const check = `import sys; sys.exit(sys.version_info < (3, ${OLDEST_MINOR}))`;
  return spawnSync(command, ['-c', check]).status === 0;
}
