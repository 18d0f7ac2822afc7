/**
 * `npm run weight`: weighs what stands before the wasm in dist/, and fails above the limit, naming what grew.
 * Counted, gzipped: the page's entry and every module it preloads, the worker's entry and what it imports, and the larger
 * of the two onnxruntime-web modules, of which a browser loads one. Not counted is what no byte of the wasm waits for.
 * `npm run weight -- --record` takes today's weight as the one to compare with.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { fail, root, SetupError } from './setup.mjs';

/** Bytes of gzipped JavaScript. */
const LIMIT = 200_000;
const recorded = join(root, 'scripts', 'weight.json');
/** Written by the build (hosting/module-sizes.ts). */
const moduleSizes = join(root, '.cache', 'module-sizes.json');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    checkWeight(process.argv.includes('--record'));
  } catch (error) {
    fail(error);
  }
}

function checkWeight(record) {
  const dist = join(root, 'dist');
  if (![join(dist, 'index.html'), moduleSizes].every(existsSync)) {
    throw new SetupError('There is no dist/ to weigh. Run "npm run build" first.');
  }
  const loads = scriptsBeforeWasm(dist);
  const weights = Object.entries(loads).map(([load, files]) => [load, sum(files.map((file) => gzipped(dist, file)))]);
  const total = sum(weights.map(([, bytes]) => bytes));
  const parts = partsOf(dist, Object.values(loads).flat());
  if (record) writeFileSync(recorded, `${JSON.stringify({ total, parts }, null, 2)}\n`);
  const listed = weights.map(([load, bytes]) => `${load} ${kB(bytes)}`).join(', ');
  console.log(`JavaScript before the wasm: ${kB(total)} gzipped of ${kB(LIMIT)} allowed (${listed}).`);
  if (total <= LIMIT) return;
  const before = JSON.parse(readFileSync(recorded, 'utf8'));
  throw new SetupError(
    `The page loads ${kB(total)} of gzipped JavaScript before the wasm, ${kB(total - LIMIT)} above the limit of ${kB(LIMIT)}. ` +
      `Since it weighed ${kB(before.total)}: ${growth(before.parts, parts)}. Load what the first caption does not need with import().`,
  );
}

/**
 * The scripts without which no browser can ask for the wasm, as paths in `dist`, by who loads them.
 * @throws SetupError where the build is not as this check knows it, so that nothing is left out unnoticed
 */
export function scriptsBeforeWasm(dist) {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const named = [...page.matchAll(/<(?:script|link)[^>]*?(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(
    ([, file]) => file,
  );
  const entry = named.find((file) => /\/index-/.test(file));
  const worker = entry && first(dist, withImports(dist, [entry]), /inference-[\w-]+\.js/g);
  // The worker's own script holds nothing but the import of this one.
  const serves = worker && first(dist, [worker], /serve-[\w-]+\.js/g);
  const runtimes = serves ? all(dist, [serves], /ort\.[\w.-]+\.js/g) : [];
  if (!worker || runtimes.length === 0) {
    throw new SetupError(
      'dist/ has no page, worker or runtime under the names this check knows. Mend scripts/check-weight.mjs.',
    );
  }
  const before = { page: withImports(dist, named), worker: withImports(dist, [worker, serves]) };
  const [runtime] = runtimes.sort((a, b) => gzipped(dist, b) - gzipped(dist, a));
  return { ...before, runtime: withImports(dist, [runtime]) };
}

/** Files with everything they import before they run. */
function withImports(dist, files) {
  const found = new Set(files);
  for (const file of found) {
    const code = readFileSync(join(dist, file), 'utf8');
    for (const [, name] of code.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g))
      found.add(`assets/${name}`);
  }
  return [...found];
}

/** Scripts that `files` name in their code and that are there. */
function all(dist, files, pattern) {
  const names = files.flatMap((file) => readFileSync(join(dist, file), 'utf8').match(pattern) ?? []);
  return [...new Set(names)].map((name) => `assets/${name}`).filter((file) => existsSync(join(dist, file)));
}

function first(dist, files, pattern) {
  return all(dist, files, pattern)[0];
}

/** Gzipped bytes by part of the project: each chunk's, shared out by what its modules are before minification. */
function partsOf(dist, files) {
  const sizes = JSON.parse(readFileSync(moduleSizes, 'utf8'));
  const parts = {};
  for (const file of files) {
    const modules = Object.entries(sizes[file] ?? { 'the build': 1 });
    const whole = sum(modules.map(([, size]) => size)) || 1;
    for (const [part, size] of modules) parts[part] = (parts[part] ?? 0) + (gzipped(dist, file) * size) / whole;
  }
  return Object.fromEntries(Object.entries(parts).map(([part, bytes]) => [part, Math.round(bytes)]));
}

/** The parts that grew most, in words. */
function growth(before, now) {
  const grown = Object.entries(now)
    .map(([part, bytes]) => [part, bytes - (before[part] ?? 0)])
    .filter(([, bytes]) => bytes >= 50)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5);
  return grown.map(([part, bytes]) => `${part} +${kB(bytes)}`).join(', ') || 'no part grew by itself';
}

function gzipped(dist, file) {
  return gzipSync(readFileSync(join(dist, file))).length;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
