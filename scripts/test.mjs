/**
 * `npm test`: from a fresh clone to the result of all tests. Installs what is missing, then runs the stages in order and
 * stops at the first that fails; `npm test -- unit browser` runs only those. The last line is `N passed, N failed`.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensurePython } from './python.mjs';
import { ensureRay } from './ray.mjs';
import { fail, installPackages, requireNode, root, run, SetupError } from './setup.mjs';
import { ensureSmokePython } from './smoke-python.mjs';
import { ensureMesaChromium } from './software-gpu/mesa-chromium.mjs';
import { ensureVulkan } from './vulkan.mjs';

const results = join(root, '.cache', 'test-results');

/**
 * What each stage runs; `vitest` names the project, and `pytest` the folder, whose tests are counted, all or those of `files`;
 * `onlyNamed` ones run where they are asked for.
 */
const STAGES = {
  typecheck: { script: 'typecheck' },
  lint: { script: 'lint' },
  unit: { vitest: 'unit' },
  build: { script: 'build' },
  weight: { script: 'weight' },
  browser: { vitest: 'browser', needs: chromium },
  e2e: { vitest: 'e2e', needs: chromium },
  native: { vitest: 'native', needs: nativeWebGpu },
  bulk: { vitest: 'bulk', needs: ray },
  smoke: { pytest: 'training', files: ['tests/test_make.py'], needs: smokeWorkshop },
  // Three gigabytes of packages: not what everybody who runs the tests wants.
  training: { pytest: 'training', needs: workshop, onlyNamed: true },
};

/** Found once, for both stages that need it. */
let chosenChromium;

try {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !(name in STAGES));
  if (unknown !== undefined) {
    throw new SetupError(`There is no test stage "${unknown}". The stages are ${Object.keys(STAGES).join(', ')}.`);
  }
  requireNode();
  await installPackages();
  mkdirSync(results, { recursive: true });
  const names = Object.keys(STAGES).filter((name) =>
    wanted.length === 0 ? !STAGES[name].onlyNamed : wanted.includes(name),
  );
  process.exitCode = (await runStages(names)) ? 0 : 1;
} catch (error) {
  fail(error);
}

/** Runs the stages up to the first failure, prints the summary, and says whether all passed. */
async function runStages(names) {
  const outcomes = [];
  const prepared = prepare(names);
  for (const name of names) {
    console.log(`\n=== ${name} ===`);
    const started = performance.now();
    const outcome = await runStage(STAGES[name], prepared[name]);
    outcomes.push({ name, seconds: (performance.now() - started) / 1000, ...outcome });
    if (outcome.error) break;
  }
  summarise(names, outcomes);
  return outcomes.every(({ error }) => !error);
}

/**
 * Begins to install what these stages need, one thing after the other, while earlier stages run: what the network brings
 * costs them little.
 */
function prepare(names) {
  const prepared = {};
  let last = Promise.resolve();
  for (const name of names) {
    const { needs } = STAGES[name];
    if (!needs) continue;
    prepared[name] = last.then(needs);
    // Told at its stage.
    last = prepared[name].catch(() => {});
  }
  return prepared;
}

/**
 * One stage's outcome: `{passed, failed, skipped}` counts, `leftOut` (why it did not run) or `error` (why it failed).
 * @param prepared what it needs, once that is there
 */
async function runStage(stage, prepared) {
  try {
    const { env = {}, leftOut, python } = (await prepared) ?? {};
    if (leftOut) return { leftOut };
    if (stage.script) {
      await run('npm', ['run', '--silent', stage.script]);
      return {};
    }
    if (stage.pytest) return await runPytest(python, join(root, stage.pytest), stage.files);
    return await runVitest(stage.vitest, env);
  } catch (error) {
    if (error instanceof SetupError) return { error: error.message };
    throw error;
  }
}

/** Runs one vitest project and reads its counts from the JSON report, which is there even when tests fail. */
async function runVitest(project, env) {
  const report = join(results, `${project}.json`);
  rmSync(report, { force: true });
  let error;
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    await run('npx', ['--no-install', 'vitest', 'run', '--project', project, ...reporters], { env });
  } catch (thrown) {
    error = thrown.message;
  }
  if (!existsSync(report)) return { error: error ?? `vitest left no report for "${project}".` };
  return { error, ...countTests(JSON.parse(readFileSync(report, 'utf8')), error) };
}

/** Checks a folder's Python, runs its tests, and reads their counts from the JUnit report. */
async function runPytest(python, cwd, files = []) {
  const report = join(results, 'pytest.xml');
  rmSync(report, { force: true });
  await run(python, ['-m', 'ruff', 'check', '--quiet', '.'], { cwd });
  let error;
  try {
    await run(python, ['-m', 'pytest', `--junitxml=${report}`, ...files], { cwd });
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

async function chromium() {
  if (!chosenChromium) {
    chosenChromium = await ensureChromium();
    const { driver, missing } = await ensureMesaChromium(chosenChromium.path);
    // For all that this command starts.
    if (missing) process.env.SOFTWARE_GPU = 'swiftshader';
    const gpu = driver ?? `SwiftShader, which takes ten times as long. ${missing}`;
    console.log(`Chromium: ${chosenChromium.path} (from ${chosenChromium.source}); WebGPU through ${gpu}`);
  }
  return { env: { CHROMIUM_PATH: chosenChromium.path } };
}

async function nativeWebGpu() {
  const folder = join(root, 'test', 'native');
  const { env, source, missing } = await ensureVulkan();
  if (missing) return { leftOut: missing };
  console.log(`Native WebGPU through ${source}`);
  await installPackages(folder);
  return { env };
}

async function ray() {
  const { python, missing } = await ensureRay();
  return missing ? { leftOut: missing } : { env: { BULK_PYTHON: python } };
}

async function smokeWorkshop() {
  const { python, missing } = await ensureSmokePython();
  return missing ? { leftOut: missing } : { python };
}

async function workshop() {
  const { python, missing } = await ensurePython('training', "to test the demo model's workshop");
  return missing ? { leftOut: missing } : { python };
}

function summarise(names, outcomes) {
  console.log('\n=== summary ===');
  let passed = 0;
  let failed = 0;
  for (const name of names) {
    const outcome = outcomes.find((each) => each.name === name);
    console.log(`${name.padEnd(10)} ${describe(outcome)}`);
    passed += outcome?.passed ?? 0;
    // A stage that is no test suite counts as one failure, so that the last line cannot hide it.
    failed += outcome?.failed ?? (outcome?.error ? 1 : 0);
  }
  console.log(`\n${passed} passed, ${failed} failed`);
}

function describe(outcome) {
  if (!outcome) return 'not run';
  if (outcome.leftOut) return `left out: ${outcome.leftOut}`;
  const counts =
    outcome.passed === undefined
      ? ''
      : `, ${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped`;
  return `${outcome.error ? `FAILED: ${outcome.error}` : 'ok'} (${outcome.seconds.toFixed(1)} s${counts})`;
}
