/** `npm run app`: from a fresh clone to the open page. Installs, builds what changed, serves dist/ and prints its address. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, installPackages, requireNode, root, SetupError } from './setup.mjs';

const HELP = `npm run app -- [--port N] [--no-open]
Installs what is missing, builds the app and serves it on this machine.
  --port N    port to try first (4173; the next free one is used when it is taken)
  --no-open   do not open a browser`;

/** Everything the built page is made of. */
const PAGES = ['index.html', 'bench.html', 'evaluation.html'];
const SOURCES = ['src', 'workers', 'hosting', 'public', ...PAGES, 'vite.config.ts', 'package-lock.json'];
/** What a build takes from its surroundings (docs/HOSTING.md). */
const BUILD_VARIABLES = ['VITE_MODEL_URL', 'KOSMOS2_CONNECT'];
const stamp = join(root, '.cache', 'app-built-from');

try {
  const options = readOptions();
  if (options) await main(options);
} catch (error) {
  fail(error);
}

async function main({ port, open }) {
  requireNode();
  await installPackages();
  const { build, preview } = await import('vite');
  await buildIfChanged(build);
  const server = await preview({ root, logLevel: 'warn', preview: { port, host: 'localhost', open } });
  const [address] = server.resolvedUrls.local;
  console.log(`\nKOSMOS-2 is ready. Open this address (Ctrl+C stops the server):\n\n${address}\n`);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      // An open page keeps its connections alive: do not wait for them.
      server.httpServer.closeAllConnections?.();
      server.close().finally(() => process.exit(0));
    });
  }
}

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: { port: { type: 'string' }, 'no-open': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }));
  } catch (error) {
    throw new SetupError(`${error.message}\n\n${HELP}`);
  }
  if (values.help) {
    console.log(HELP);
    return undefined;
  }
  const port = Number(values.port ?? 4173);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new SetupError(`--port must be a whole number from 1 to 65535, not "${values.port}".`);
  }
  return { port, open: !values['no-open'] && process.stdout.isTTY === true && !process.env.CI };
}

/** Builds dist/ unless it was built from exactly these sources; the stamp is written last, so a broken build is redone. */
async function buildIfChanged(build) {
  const wanted = sourcesHash();
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (built === `${wanted} ${builtTime()}`) return;
  rmSync(stamp, { force: true });
  console.log('Building the app ...');
  await build({ root, logLevel: 'warn' });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${wanted} ${builtTime()}`);
}

/** By which a build that somebody else has made since is told. */
function builtTime() {
  const page = join(root, 'dist', 'index.html');
  return existsSync(page) ? statSync(page).mtimeMs : 'none';
}

/** A hash of path, size and time of every source file, and of the variables that a build reads: notices edits, additions and removals without reading them. */
function sourcesHash() {
  const hash = createHash('sha256');
  const visit = (path) => {
    if (!existsSync(join(root, path))) return;
    const stat = statSync(join(root, path));
    if (stat.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`);
    else hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\0`);
  };
  for (const path of SOURCES) visit(path);
  for (const name of BUILD_VARIABLES) hash.update(`${name}=${process.env[name] ?? ''}\0`);
  return hash.digest('hex');
}
