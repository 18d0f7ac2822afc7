import type { StoredPackage } from '../../protocol/importer-messages.ts';
import { requestAdapter } from '../../protocol/request-adapter.ts';
import { SELF_TEST_CACHE } from '../../protocol/self-test.ts';
import type { AppState } from '../../state/app-state.ts';
import { importer } from '../models/importer.ts';
import { offlineStore } from '../offline/offline-store.ts';
import { sentStore } from '../privacy/sent-store.ts';
import { size } from '../strings/format.ts';
import { lastErrors } from './last-errors.ts';

/** A group of facts: its title, and each fact with its name. */
export type Facts = readonly [title: string, rows: readonly (readonly [name: string, value: string])[]];

/** Set by the build. */
declare const __BUILD__: string | undefined;

/** The limits that decide which models fit. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/** What an answer or the page failed of, one sentence each. */
export function failuresOf({ turns, notices }: AppState): readonly string[] {
  const told = [...Object.values(turns), ...notices];
  return told.flatMap(({ error }) => (error ? [`${error.code}: ${error.message}`] : []));
}

/** What is known of the page at once, and of what it runs on once that was asked: everything a bug report needs. */
export function allFacts(model: ModelState, surroundings: Surroundings, failures: readonly string[]): readonly Facts[] {
  const { selfTest, browser, gpu, storage } = surroundings;
  // It is in English in every language, for whoever reads the report.
  return [
    ['Page', pageFacts()],
    ['Model', modelFacts(model)],
    ['Self-test', selfTest],
    ['Browser', browser],
    ['GPU', gpu],
    ['Storage', storage],
    ['Errors', errorFacts(failures)],
  ];
}

/** What the page runs on. */
export interface Surroundings {
  readonly selfTest: Rows;
  readonly browser: Rows;
  readonly gpu: Rows;
  readonly storage: Rows;
}

/** Asks what the page runs on. What cannot be told says why, and the rest is told all the same. */
export async function askSurroundings(): Promise<Surroundings> {
  const [selfTest, gpu, storage] = await Promise.all([
    selfTestFacts().catch(untold),
    gpuFacts().catch(untold),
    storageFacts().catch(untold),
  ]);
  return { selfTest, browser: browserFacts(), gpu, storage };
}

type Rows = Facts[1];
type ModelState = Pick<AppState, 'engine' | 'capture'>;

const untold = (thrown: unknown): Rows => [['not told', String(thrown)]];
const yes = (value: boolean) => (value ? 'yes' : 'no');
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

function pageFacts(): Rows {
  const { offline, update } = offlineStore.getState();
  return [
    ['build', typeof __BUILD__ === 'undefined' ? 'development' : __BUILD__],
    ['address', location.origin + location.pathname],
    ['cross-origin isolated', yes(crossOriginIsolated)],
    ['service worker', navigator.serviceWorker?.controller?.state ?? 'none'],
    ['works offline', yes(offline)],
    ['update waiting', yes(update !== null)],
    ['bytes sent', String(sentStore.getState().bytes)],
  ];
}

function modelFacts({ engine, capture }: ModelState): Rows {
  if (engine.phase === 'loading') return [['state', `loading (${engine.progress?.phase ?? 'not begun'})`]];
  if (engine.phase === 'failed') return [['state', `failed: ${engine.error.code}: ${engine.error.message}`]];
  const { name, scheme, bytes, maxTokens, backend, choosing } = engine.model;
  return [
    ['state', 'ready'],
    ['package', `${name}, ${scheme}, ${megabytes(bytes)}`],
    ['capacity', `${maxTokens} tokens`],
    ['runs on', `${backend.kind}, ${backend.adapter}, ${backend.activation}`],
    ['tokens chosen on', choosing],
    ['graph capture', capture?.message ?? 'not tried yet: it is, while nothing is asked'],
    ['onnxruntime', `${backend.build}, ${backend.wasm?.split('/').at(-1) ?? ''}`],
    ['fallback', backend.fallbackReason?.message ?? 'none'],
  ];
}

/** Of every device and release a model ran on here. Their names are made by `selfTestName`. */
async function selfTestFacts(): Promise<Rows> {
  const cache = 'caches' in globalThis ? await caches.open(SELF_TEST_CACHE).catch(() => null) : null;
  const rows: [name: string, value: string][] = [];
  for (const key of (await cache?.keys()) ?? []) {
    const [, ...device] = decodeURIComponent(new URL(key.url).pathname.slice(1)).split('/');
    rows.push([device.slice(0, 4).join(', '), (await (await cache?.match(key))?.text()) ?? '']);
  }
  return rows.length > 0 ? rows : [['result', 'none yet: it runs once, while nothing is asked']];
}

function browserFacts(): Rows {
  const { userAgent, language, hardwareConcurrency, onLine } = navigator;
  const { deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };
  return [
    ['user agent', userAgent],
    ['language', language],
    ['cores', String(hardwareConcurrency)],
    ['memory', deviceMemory === undefined ? 'not told' : memoryWords(deviceMemory)],
    ['window', `${innerWidth} x ${innerHeight} at ${devicePixelRatio}`],
    ['online', yes(onLine)],
    ['secure', yes(isSecureContext)],
    ['JSPI', yes('Suspending' in WebAssembly)],
    ['SharedArrayBuffer', yes('SharedArrayBuffer' in globalThis)],
    ['Web Locks', yes('locks' in navigator)],
  ];
}

/** Browsers round to a power of two, and tell no more than 8. */
function memoryWords(gigabytes: number): string {
  return gigabytes < 8 ? `about ${gigabytes} GB` : `${gigabytes} GB or more`;
}

async function gpuFacts(): Promise<Rows> {
  if (!('gpu' in navigator)) return [['WebGPU', 'no']];
  const adapter = await requestAdapter();
  if (!adapter) return [['WebGPU', 'yes, but no adapter']];
  const { vendor, architecture, device, description } = adapter.info;
  return [
    ['adapter', [vendor, architecture, device, description].filter(Boolean).join(', ')],
    ...LIMITS.map((name) => [name, String(adapter.limits[name])] as const),
    ['features', [...adapter.features].sort().join(', ')],
  ];
}

async function storageFacts(): Promise<Rows> {
  // Each by itself: a private window may refuse one and tell the others.
  const told = (fact: Promise<string>) => fact.catch((thrown: unknown) => `not told: ${thrown}`);
  return [
    ['used', await told(usedStorage())],
    ['lasting', await told(isLasting())],
    ['caches', 'caches' in globalThis ? await told(caches.keys().then((names) => names.join(', '))) : 'none'],
    [
      'models',
      await told(
        importer()
          .list()
          .then((found) => found.map(describe).join('; ') || 'none'),
      ),
    ],
  ];
}

async function usedStorage(): Promise<string> {
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return `${size(usage)} of ${size(quota)}`;
}

async function isLasting(): Promise<string> {
  return yes(await navigator.storage.persisted());
}

function describe({ name, bytes, manifest }: StoredPackage): string {
  return `${name} (${manifest ? manifest.scheme : 'not finished'}, ${megabytes(bytes)})`;
}

function errorFacts(failures: readonly string[]): Rows {
  const all = [...failures, ...lastErrors()];
  return all.length === 0 ? [['last', 'none']] : all.map((error, index) => [String(index + 1), error] as const);
}

/** The facts as plain text, for a bug report. */
export function factsAsText(facts: readonly Facts[]): string {
  return facts
    .map(([title, rows]) => [title, ...rows.map(([name, value]) => `  ${name}: ${value}`)].join('\n'))
    .join('\n');
}
