/** The Python environment with Ray for the tests of bulk/. */
import { ensurePython } from './python.mjs';

/** The environment's Python as `{python}`, or `{missing}`: a sentence that says why there is none. */
export async function ensureRay() {
  if (process.platform !== 'linux')
    return { missing: 'The tests of bulk/ find the processes they kill in /proc, on Linux.' };
  return ensurePython('bulk', 'for Ray', {
    size: 'Ray among them, 0.6 GB',
    // Its processes start together, each with all of its modules: compiled beforehand.
    pip: ['--compile', '--only-binary', ':all:', '--retries', '10'],
    timeout: 600_000,
  });
}
