/** `npm run test:soak`: the tests of faults with many times the faults (20, or what the first argument says). */
import { ensureChromium } from './chromium.mjs';
import { fail, installPackages, requireNode, run, SetupError } from './setup.mjs';

/** Each counts its faults by these variables and prints what it did. */
const RUNS = [
  ['unit', 'test/unit/storage/copy-package.test.ts'],
  ['browser', 'test/browser/faults'],
  ['browser', 'test/browser/storage'],
  ['e2e', 'test/e2e/reopening.test.ts'],
];

try {
  requireNode();
  await installPackages();
  const times = Number(process.argv[2] ?? 20);
  if (!Number.isInteger(times) || times < 1) throw new SetupError('The factor must be a whole number from 1.');
  const { path } = await ensureChromium();
  const env = { CHROMIUM_PATH: path, SOAK_TIMES: String(times), VITE_SOAK_TIMES: String(times) };
  for (const [project, file] of RUNS) {
    const options = ['--project', project, '--testTimeout', '7200000', file];
    await run('npx', ['--no-install', 'vitest', 'run', ...options], { env });
  }
} catch (error) {
  fail(error);
}
