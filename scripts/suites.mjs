/** Runs one suite of tests and counts them. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './setup.mjs';

const results = join(root, '.cache', 'test-results');
mkdirSync(results, { recursive: true });

/**
 * Runs one vitest project and reads its counts from the JSON report, which is there even when tests fail.
 * @param beside of `run`
 */
export async function runVitest(project, env, beside) {
  const report = join(results, `${project}.json`);
  rmSync(report, { force: true });
  let error;
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    await run('npx', ['--no-install', 'vitest', 'run', '--project', project, ...reporters], { env, beside });
  } catch (thrown) {
    error = thrown.message;
  }
  if (!existsSync(report)) return { error: error ?? `vitest left no report for "${project}".` };
  return { error, ...countTests(JSON.parse(readFileSync(report, 'utf8')), error) };
}

/** Checks all Python, runs a folder's tests, and reads their counts from the JUnit report. */
export async function runPytest(python, cwd, files = [], beside) {
  const report = join(results, 'pytest.xml');
  rmSync(report, { force: true });
  await run(python, ['-m', 'ruff', 'check', '--quiet', '.'], { cwd: root, beside });
  let error;
  try {
    await run(python, ['-m', 'pytest', `--junitxml=${report}`, ...files], { cwd, beside });
  } catch (thrown) {
    error = thrown.message;
  }
  if (!existsSync(report)) return { error: error ?? 'pytest left no report.' };
  const suite = /<testsuite [^>]*>/.exec(readFileSync(report, 'utf8'))?.[0] ?? '';
  const count = (name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  const skipped = count('skipped');
  const passed = count('tests') - failed - skipped;
  if (passed + failed === 0) return { error: error ?? 'No test ran.' };
  return { error, passed, failed: error ? Math.max(failed, 1) : failed, skipped };
}

function countTests({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }, error) {
  // A file that does not load fails without any test of its own.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = numFailedTests + broken.length;
  return {
    passed: numPassedTests,
    // An error outside the tests ends vitest with a failure too, and must not read as none.
    failed: error ? Math.max(failed, 1) : failed,
    skipped: numPendingTests + numTodoTests,
    ...(numPassedTests + failed === 0 && { error: 'No test ran.' }),
  };
}
