/**
 * `npm test`: from a fresh clone to the result of all tests. Installs what is missing, then runs the stages in order and
 * stops at the first that fails; `npm test -- unit browser` runs only those, and the stages whose work they are about. The last line is `N passed, N failed`.
 */
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureOtherBrowsers } from './other-browsers.mjs';
import { ensurePython } from './python.mjs';
import { ensureRay } from './ray.mjs';
import { fail, installPackages, requireNode, root, run, SetupError } from './setup.mjs';
import { ensureSmokePython } from './smoke-python.mjs';
import { ensureMesaChromium } from './software-gpu/mesa-chromium.mjs';
import { runPytest, runVitest } from './suites.mjs';
import { ensureVulkan } from './vulkan.mjs';

/**
 * What each stage runs; `vitest` names the project, and `pytest` the folder, whose tests are counted, all or those of `files`;
 * `onlyNamed` ones run where they are asked for; one with `of` is about what that stage makes. One with `beside` begins with that stage, on what it and those after it leave of
 * the processors: two cores are a quarter idle in them, and busy in the unit tests.
 */
const STAGES = {
  typecheck: { script: 'typecheck' },
  lint: { script: 'lint' },
  unit: { vitest: 'unit' },
  build: { script: 'build' },
  weight: { script: 'weight', of: 'build' },
  browser: { vitest: 'browser', needs: chromium },
  e2e: { vitest: 'e2e', needs: chromium, of: 'build' },
  others: { vitest: 'others', needs: otherBrowsers, of: 'build' },
  native: { vitest: 'native', needs: nativeWebGpu },
  bulk: { vitest: 'bulk', needs: ray, beside: 'native' },
  smoke: { pytest: 'training', files: ['tests/test_make.py'], needs: smokeWorkshop, beside: 'browser' },
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
  const asked = [...wanted, ...wanted.map((name) => STAGES[name].of)];
  const names = Object.keys(STAGES).filter((name) =>
    wanted.length === 0 ? !STAGES[name].onlyNamed : asked.includes(name),
  );
  process.exitCode = (await runStages(names)) ? 0 : 1;
} catch (error) {
  fail(error);
}

/** Runs the stages up to the first failure, prints the summary, and says whether all passed. */
async function runStages(names) {
  const outcomes = [];
  const rest = new AbortController();
  const prepared = prepare(names, rest.signal);
  const early = {};
  for (const name of names) {
    console.log(`\n=== ${name} ===`);
    for (const other of names.filter((other) => STAGES[other].beside === name)) {
      early[other] = runBeside(STAGES[other], prepared[other], rest.signal);
    }
    const outcome = await (early[name] ?? runStage(STAGES[name], prepared[name]));
    for (const text of outcome.output ?? []) process.stdout.write(text);
    outcomes.push({ name, ...outcome });
    if (outcome.error) break;
  }
  rest.abort();
  summarise(names, outcomes);
  return outcomes.every(({ error }) => !error);
}

/**
 * Begins to install what these stages need, one thing after the other, while earlier stages run: what the network brings
 * costs them little.
 * @param signal aborts once a stage has failed: what none will run for is not installed
 */
function prepare(names, signal) {
  const prepared = {};
  let last = Promise.resolve();
  for (const name of names) {
    const { needs } = STAGES[name];
    if (!needs) continue;
    prepared[name] = last.then(() => (signal.aborted ? {} : needs()));
    // Told at its stage.
    last = prepared[name].catch(() => {});
  }
  return prepared;
}

/** The outcome of a stage that runs beside others, and its `output`. */
async function runBeside(stage, prepared, signal) {
  const output = [];
  return { ...(await runStage(stage, prepared, { output, signal })), output };
}

/**
 * One stage's outcome: its `seconds`, and `{passed, failed, skipped}` counts, `leftOut` (why it did not run) or `error` (why
 * it failed).
 * @param prepared what it needs, once that is there
 * @param beside of `run`
 */
async function runStage(stage, prepared, beside) {
  let started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  try {
    const found = (await prepared) ?? {};
    // Beside others, nobody waited for that.
    if (beside) started = performance.now();
    return { ...(await runTests(stage, found, beside)), seconds: seconds() };
  } catch (error) {
    if (error instanceof SetupError) return { error: error.message, seconds: seconds() };
    throw error;
  }
}

async function runTests(stage, { env = {}, leftOut, python }, beside) {
  if (leftOut) return { leftOut };
  if (stage.pytest) return runPytest(python, join(root, stage.pytest), stage.files, beside);
  if (stage.vitest) return runVitest(stage.vitest, env, beside);
  await run('npm', ['run', '--silent', stage.script], { beside });
  return {};
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

async function otherBrowsers() {
  const { env, source, missing } = await ensureOtherBrowsers();
  if (missing) return { leftOut: missing };
  // For Firefox's own WebGPU.
  const vulkan = await ensureVulkan();
  console.log(`Other browsers: ${source}; WebGPU in Firefox through ${vulkan.source ?? 'nothing that is here'}`);
  return { env: { ...env, ...vulkan.env } };
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
  const seconds = `${outcome.seconds.toFixed(1)} s${outcome.output ? ' beside the others' : ''}`;
  return `${outcome.error ? `FAILED: ${outcome.error}` : 'ok'} (${seconds}${counts})`;
}
