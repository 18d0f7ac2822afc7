import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { oneByOne } from '../../src/cli/grounder.ts';
import { openBatchEngine } from '../../src/runtime/batch/open-batch-engine.ts';
import { bestNativeBackends, nativeBackends } from '../../src/runtime/native-backend.ts';
import { type BackendMaker, openEngine } from '../../src/runtime/open-engine.ts';
import type { Ort } from '../../src/runtime/ort.ts';
import { probeMilliseconds } from '../../src/runtime/probe-device.ts';
import { fixture, openFixture } from '../support/packages.ts';
import { askAll, demoQuestions, randomCheckpoints, randomQuestions } from '../support/recorded-questions.ts';

const ort = createRequire(import.meta.url)('onnxruntime-node') as Ort;
ort.env.logLevel = 'fatal';
const onCpu = nativeBackends(ort, 'cpu', 2);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where a device may be there; CUDA's library is left out where npm runs no install script. */
const HOME = { cuda: null, coreml: 'darwin', dml: 'win32' };

/** The questions of a fixture: those of the demo scenes, or of a random checkpoint. */
const fixtures = [
  ['demo-model', demoQuestions],
  ...randomCheckpoints.map((name) => [`reference/${name}`, randomQuestions(name)] as const),
] as const;

describe('onnxruntime-node on the CPU', () => {
  // WASM gives the recorded ids (test/unit/runtime/parity-*.test.ts), so these are its ids too.
  it.each(fixtures)(
    '%s with float32 weights: every recorded id, one answer after the other',
    async (name, questions) => {
      const engine = oneByOne(await openEngine(await openFixture(name, 'f32'), onCpu));
      expect(await askAll(engine, questions)).toEqual(questions.map(({ ids }) => ids));
      await engine.dispose();
    },
  );

  it.each(fixtures)('%s with float32 weights: every recorded id, 16 answers at once', async (name, questions) => {
    const engine = await openBatchEngine(await openFixture(name, 'f32'), onCpu, 16);
    expect(await askAll(engine, questions)).toEqual(questions.map(({ ids }) => ids));
    await engine.dispose();
  });
});

// How a package above 1 GB of float32 is multiplied there (graph/fitting-target.ts), on one that can be judged.
it('multiplied by its stored codes, a q8 package gives nearly all of the answers it gives in float32', async () => {
  const pkg = await openFixture('demo-model', 'q8');
  const questions = demoQuestions.filter((_, i) => i % 2 === 0);
  const answersOf = async (codes: boolean) => {
    const backend = async () => {
      const cpu = await (onCpu[0] as BackendMaker)(null);
      return { ...cpu, target: { ...cpu.target, codes } };
    };
    const engine = oneByOne(await openEngine(pkg, [backend]));
    const answers = await askAll(engine, questions);
    await engine.dispose();
    return answers;
  };
  const dense = await answersOf(false);
  const coded = await answersOf(true);
  const same = dense.filter((ids, i) => ids.join() === coded[i]?.join()).length;
  console.info(`by stored codes: ${same} of ${dense.length} answers as in float32`);
  expect(same).toBeGreaterThan(0.8 * dense.length);
  // Not by the same graph after all.
  expect(same).toBeLessThan(dense.length);
});

describe('the choice of a device', () => {
  it('auto passes over adapters that are slower than the CPU', async ({ skip }) => {
    const cpu = await probeMilliseconds(ort, 'cpu');
    const gpu = await probeMilliseconds(ort, 'webgpu').catch(() => Number.POSITIVE_INFINITY);
    // The adapters of a machine without a GPU, lavapipe and SwiftShader, are programs.
    if (gpu < cpu) skip('this machine has a GPU');
    const engine = await openEngine(await openFixture('reference/random-f32', 'f32'), bestNativeBackends(ort, 2));
    expect(engine.model.backend).toMatchObject({ kind: 'native', adapter: 'CPU, 2 threads' });
    await engine.dispose();
  });

  const absent = (['cuda', 'coreml', 'dml'] as const).filter((device) => HOME[device] !== process.platform);
  it.each(absent)('%s, which is not there, ends in one sentence', async (device) => {
    const opening = openEngine(await openFixture('reference/random-f32', 'f32'), nativeBackends(ort, device, 2));
    await expect(opening).rejects.toMatchObject({
      code: 'RUNTIME_FAILED',
      message: expect.stringMatching(
        new RegExp(`^The device "${device}" does not start here \\(.+\\)\\. Choose another`),
      ),
    });
  });

  it('the command line finds onnxruntime-node and says on stderr what runs the model', async () => {
    const { stdout, stderr } = await promisify(execFile)(
      'npm',
      [
        ...['run', '-s', 'ground', '--', '--model', 'public/models/demo', '--device', 'cpu', '--threads', '2'],
        ...['--image', fixture('demo-scenes/scene-00.png'), '--prompt', '<grounding>An image of'],
      ],
      { cwd: root, env: { ...process.env, NODE_PATH: join(root, 'test/native/node_modules') } },
    );
    expect(stderr).toBe('Runs on onnxruntime-node: CPU, 2 threads.\n');
    expect(stdout).toMatch(/^An image of a rocket, a cactus, a ghost and a laptop\.\n/);
  });
});
