import { expect, it, vi } from 'vitest';
import { sentence } from '../../../src/ui/strings/german/errors.ts';
import { afterLoss, endFaultsAfterEach, engine, faults, PACKAGE, workers } from './plain-worker.ts';

endFaultsAfterEach();

it('a stop does not wait for the model to open again', async () => {
  await afterLoss();
  faults.slow = true;
  const stop = new AbortController();
  const preparing = engine.prepare('first', stop.signal);
  const setting = engine.setImage('first', new Blob(), stop.signal);
  const scoring = engine.score({ prompt: [], choices: [] }, stop.signal);
  const answering = engine.generate({ prompt: [] }, stop.signal).next();
  stop.abort();
  await preparing;
  await expect(setting).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(scoring).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(answering).rejects.toMatchObject({ code: 'CANCELLED' });
});

it('disposing of an engine is no loss: what is under way ends as stopped, and nobody is told of a crash', async () => {
  await afterLoss();
  await engine.prepare('first');
  const lost = vi.fn();
  engine.onLost(lost);
  faults.slow = true;
  const looking = engine.inspect({ kind: 'official' });
  engine.dispose();
  await expect(looking).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(lost).not.toHaveBeenCalled();
  await expect(engine.inspect({ kind: 'official' })).rejects.toMatchObject({ code: 'ENGINE_NOT_READY' });
});

it('a recovery that failed is made again by the next request', async () => {
  await afterLoss();
  faults.offline = true;
  await expect(engine.prepare('first')).rejects.toMatchObject({ code: 'PACKAGE_FETCH_FAILED' });
  faults.offline = false;
  await engine.prepare('first');
  await engine.prepare('second');
  expect(workers[1]?.heard.filter((heard) => heard === 'open')).toHaveLength(2);
});

it('how a lost model is opened again is told while it is, and a failure once nothing tries it at once', async () => {
  await afterLoss();
  const told: string[] = [];
  engine.onRecovering((recovery) => told.push(recovery.phase === 'failed' ? recovery.error.code : 'loading'));
  engine.onRecovered(() => told.push('ready'));
  faults.noRuntime = true;
  await expect(engine.prepare('first')).rejects.toMatchObject({ code: 'WORKER_LOST' });
  await vi.waitFor(() => expect(told).toEqual(['loading', 'loading', 'loading', 'WORKER_LOST']));
  faults.noRuntime = false;
  await engine.prepare('first');
  // Before anything is known of it, and at its one step.
  expect(told.slice(4)).toEqual(['loading', 'loading', 'ready']);
});

it('a model that is opened in the place of a lost one is the only one that is told of', async () => {
  await afterLoss();
  const told = vi.fn();
  engine.onRecovering(told);
  faults.slow = true;
  const preparing = engine.prepare('first').catch(() => {});
  expect(told).toHaveBeenCalledTimes(1);
  faults.slow = false;
  const opening = engine.open(`${PACKAGE}other/`);
  workers[1]?.die();
  await Promise.all([opening, preparing]);
  await new Promise((resolve) => setTimeout(resolve));
  expect(told).toHaveBeenCalledTimes(1);
});

it.each([
  ['a page', { document: { baseURI: 'https://example.org/page/' } }, 'https://example.org/page/model/'],
  [
    'a worker',
    { document: undefined, location: { href: 'https://example.org/scripts/w.js' } },
    'https://example.org/scripts/model/',
  ],
  ['Node, which has no address', { document: undefined, location: undefined }, 'model'],
])('a model is opened from %s', async (_, there, url) => {
  await afterLoss();
  for (const [name, value] of Object.entries(there)) vi.stubGlobal(name, value);
  await engine.open('model');
  expect(workers[1]?.opened[0]?.url).toBe(url);
});

it('while another model is opened nothing brings the one before back', async () => {
  await afterLoss();
  const opening = engine.open(`${PACKAGE}other/`);
  await expect(engine.prepare('first')).rejects.toMatchObject({ code: 'IMAGE_UNKNOWN' });
  await opening;
  expect(workers[1]?.heard).toEqual(['open', 'prepare']);
});

it('a runtime that cannot be fetched is tried three times and no more, and costs the model no rung', async () => {
  await afterLoss();
  faults.noRuntime = true;
  await expect(engine.prepare('first')).rejects.toMatchObject({
    code: 'WORKER_LOST',
    details: { script: 'onnxruntime-web' },
  });
  expect(workers).toHaveLength(4);
  faults.noRuntime = false;
  await engine.prepare('first');
  expect(workers.flatMap(({ opened }) => opened.map(({ backend }) => backend))).toEqual(Array(5).fill('auto'));
});

it('where the browser gives no GPU after a loss, the GPU was lost, and is not what the browser lacks', async () => {
  await afterLoss();
  const ran: (readonly [kind: string, reason: string | undefined])[] = [];
  engine.onRecovered(({ backend }) => ran.push([backend.kind, backend.fallbackReason?.code]));
  faults.noAdapter = true;
  await engine.prepare('first');
  expect(ran).toEqual([['wasm', 'DEVICE_LOST']]);
  workers.at(-1)?.die();
  await engine.prepare('first');
  expect(ran.at(-1)).toEqual(['wasm', 'DEVICE_LOST']);
  const { backend } = await engine.open(`${PACKAGE}other/`);
  expect(backend.fallbackReason?.code).toBe('DEVICE_LOST');
});

it('a model that is on the CPU since its GPU was lost again and again says so, also after the next loss', async () => {
  await afterLoss();
  const ran: (readonly [kind: string, reason: string | undefined])[] = [];
  engine.onRecovered(({ backend }) => ran.push([backend.kind, backend.fallbackReason?.code]));
  faults.noGpu = true;
  await engine.prepare('first');
  expect(ran.at(-2)).toEqual(['webgpu', undefined]);
  expect(ran.at(-1)).toEqual(['wasm', 'DEVICE_LOST']);
  workers.at(-1)?.die();
  await engine.prepare('first');
  expect(ran.at(-1)).toEqual(['wasm', 'DEVICE_LOST']);
});

it('a worker whose script does not come is told as that, not as one that stopped, and costs the model no rung', async () => {
  await afterLoss();
  faults.noScript = true;
  const failed = await engine.prepare('first').catch((thrown) => thrown);
  expect(failed).toMatchObject({
    code: 'WORKER_LOST',
    message:
      'The part of the page that runs the model could not be fetched or started. Check the connection, then try again; if that does not help, load the page again.',
  });
  expect(sentence(failed)).toMatch(
    /^Der Teil der Seite, in dem das Modell läuft, ließ sich nicht holen oder starten\./,
  );
  faults.noScript = false;
  await engine.prepare('first');
  expect(workers.at(-1)?.opened).toMatchObject([{ backend: 'auto' }]);
});

it('a model that was open for a moment while another was asked for does not come back where that one fails', async () => {
  await afterLoss();
  const first = engine.open(`${PACKAGE}first/`);
  const second = engine.open(`${PACKAGE}gone/`);
  await first;
  await expect(second).rejects.toMatchObject({ code: 'PACKAGE_FETCH_FAILED' });
  workers.at(-1)?.die();
  await expect(engine.prepare('first')).rejects.toMatchObject({ code: 'ENGINE_NOT_READY' });
});

it('an opening that was stopped before it began lets go of no model and no picture', async () => {
  await afterLoss();
  await engine.prepare('first');
  const opening = engine.open(`${PACKAGE}other/`, { signal: AbortSignal.abort() });
  await expect(opening).rejects.toMatchObject({ code: 'CANCELLED' });
  await engine.prepare('second');
  expect(workers[1]?.heard).toEqual(['open', 'set first', 'prepare', 'set second', 'prepare']);
});
