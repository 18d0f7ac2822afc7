/** Makes a Python environment with Ray for the tests of bulk/, beside the checkout. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './setup.mjs';

const requirements = join(root, 'bulk', 'requirements.txt');

/** The environment's Python as `{python}`, or `{missing}`: a sentence that says why there is none. */
export async function ensureRay() {
  if (process.platform !== 'linux')
    return { missing: 'The tests of bulk/ find the processes they kill in /proc, on Linux.' };
  const { status, stdout } = spawnSync('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
    encoding: 'utf8',
  });
  if (status !== 0) return { missing: 'There is no python3; Ray needs 3.11 or newer.' };
  const folder = join(root, '.cache', `ray-${stdout.trim()}`);
  const python = join(folder, 'bin', 'python');
  const stamp = join(folder, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { python };
  console.log(`Installing Ray in ${folder} ...`);
  rmSync(folder, { recursive: true, force: true });
  try {
    await run('python3', ['-m', 'venv', folder]);
    const options = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '--retries', '10'];
    await run(python, ['-m', 'pip', 'install', ...options, '-r', requirements], { timeout: 600_000 });
  } catch (error) {
    return { missing: `Ray could not be installed for Python ${stdout.trim()}. ${error.message}` };
  }
  // Last, so that an environment that is cut off is made anew.
  writeFileSync(stamp, wanted);
  return { python };
}
