/** A Python in which the demo model's workshop runs, found or made without PyPI's PyTorch, which takes three gigabytes. */
import { aptInstall, debianAsRoot } from './apt.mjs';
import { environmentOf, makeEnvironment } from './python.mjs';

/** PyTorch 1.13 on the CPU, in 150 MB, with products that take a tenth of the time. */
const DEBIAN_PACKAGES = ['python3-torch', 'libopenblas0-pthread', 'python3-venv'];

/**
 * The workshop's own environment where it is there; on Debian 12 as root one beside Debian's PyTorch. `{python}`, or
 * `{missing}`: why there is none.
 */
export async function ensureSmokePython() {
  const own = environmentOf('training');
  if (own.isReady) return { python: own.python };
  const beside = environmentOf('training', 'requirements-debian12.txt');
  if (beside.isReady) return { python: beside.python };
  if (debianAsRoot() !== 'bookworm') {
    return { missing: 'The workshop needs PyTorch: `npm test -- training` installs it (3 GB) and tests all of it.' };
  }
  console.log("Installing Debian's PyTorch ...");
  try {
    await aptInstall(DEBIAN_PACKAGES);
  } catch (error) {
    return { missing: `Debian's PyTorch could not be installed. ${error.message}` };
  }
  return makeEnvironment(beside, '/usr/bin/python3', { venv: ['--system-site-packages'] });
}
