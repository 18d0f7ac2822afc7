/** The Python that the demo model's workshop runs in: an environment of its own in .cache, with its pinned packages. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './setup.mjs';

/** The workshop uses syntax and packages that older ones lack. */
const OLDEST_MINOR = 11;
const REQUIREMENTS = join(root, 'training', 'requirements.txt');
const FOLDER = join(root, '.cache', 'training-python');
const PYTHON = process.platform === 'win32' ? join(FOLDER, 'Scripts', 'python.exe') : join(FOLDER, 'bin', 'python');

/** The environment's `{python}`, made where it is missing or older than requirements.txt; or `{missing}`: why there is none. */
export async function ensurePython() {
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  const stamp = join(FOLDER, 'installed-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { python: PYTHON };
  const system = ['python3', 'python'].find(isNewEnough);
  if (!system) {
    return { missing: `There is no Python 3.${OLDEST_MINOR} or newer: install one to test the demo model's workshop.` };
  }
  console.log("Installing the workshop's Python packages (PyTorch among them, up to 3 GB) ...");
  try {
    await run(system, ['-m', 'venv', '--clear', FOLDER]);
    // Compiled when imported: few of these packages' modules ever are.
    await run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--no-compile', '--requirement', REQUIREMENTS]);
  } catch (error) {
    return { missing: `The workshop's Python packages could not be installed. ${error.message}` };
  }
  writeFileSync(stamp, wanted);
  return { python: PYTHON };
}

function isNewEnough(command) {
  const check = `import sys; sys.exit(sys.version_info < (3, ${OLDEST_MINOR}))`;
  return spawnSync(command, ['-c', check]).status === 0;
}
