/**
 * `npm run test:soak`: the tests of faults with many times the faults (20, or what the first argument says), and what takes
 * too long for every day. A second argument runs only the files whose names hold it.
 */
import { ensureChromium } from './chromium.mjs';
import { fail, installPackages, requireNode, run, SetupError } from './setup.mjs';

/** Each counts its faults by these variables and prints what it did. */
const RUNS = [
  ['unit', 'test/unit/storage/copy-package.test.ts'],
  ['browser', 'test/browser/faults'],
  ['browser', 'test/browser/storage'],
  ['e2e', 'test/e2e/reopening.test.ts'],
  ['e2e', 'test/e2e/lost-tab.test.ts'],
  ['e2e', 'test/e2e/suspended-tab.test.ts'],
  ['e2e', 'test/e2e/endurance.test.ts'],
  ['e2e', 'test/e2e/bench.test.ts'],
];

try {
  requireNode();
  await installPackages();
  const times = Number(process.argv[2] ?? 20);
  if (!Number.isInteger(times) || times < 1) throw new SetupError('The factor must be a whole number from 1.');
  const runs = RUNS.filter(([, file]) => file.includes(process.argv[3] ?? ''));
  if (runs.length === 0) throw new SetupError(`No test of faults has ${process.argv[3]} in its name.`);
  const { path } = await ensureChromium();
  if (runs.some(([project]) => project === 'e2e')) await run('npm', ['run', '--silent', 'build']);
  const env = { CHROMIUM_PATH: path, SOAK_TIMES: String(times), VITE_SOAK_TIMES: String(times) };
  for (const [project, file] of runs) {
    const options = ['--project', project, '--testTimeout', '7200000', file];
    await run('npx', ['--no-install', 'vitest', 'run', ...options], { env });
  }
} catch (error) {
  fail(error);
}
