/**
 * What every command of a fresh clone needs first: a good Node, the packages, and the built page for what shows it. Uses nothing
 * outside Node itself.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** npm and npx are .cmd files on Windows, which only a shell starts; and it takes a path with spaces apart. */
const SHELL = process.platform === 'win32';
const forShell = (word) => (SHELL && /\s/.test(word) ? `"${word}"` : word);

/** A failure that one sentence explains: printed without a stack trace. */
export class SetupError extends Error {}

/** Prints `error` as one sentence where it is a SetupError, whole where it is a bug, and ends with exit code 1. */
export function fail(error) {
  console.error(error instanceof SetupError ? `\n${error.message}` : error);
  process.exit(1);
}

/** Refuses a Node that `engines.node` of package.json leaves out, before anything else fails for that reason. */
export function requireNode(version = process.versions.node) {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [major, minor] = version.split('.').map(Number);
  const fits = engines.node.split(' || ').some((range) => {
    const [wantMajor, wantMinor] = range.match(/\d+/g).map(Number);
    return major === wantMajor ? minor >= wantMinor : range.startsWith('>=') && major > wantMajor;
  });
  if (fits) return;
  throw new SetupError(
    `This project needs Node 20.19 or later 20.x, or 22.12 or newer, and this is Node ${version}. Install one from https://nodejs.org and run the command again.`,
  );
}

/** Installs the packages of `folder` unless its node_modules was already made from the same package files. */
export async function installPackages(folder = root) {
  const stamp = join(folder, 'node_modules', '.installed-from');
  const wanted = hashOf(['package.json', 'package-lock.json', '.npmrc'].map((name) => join(folder, name)));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log(`Installing packages in ${folder} ...`);
  // Not `npm ci`: it refuses a lock file whose optional platform packages a registry lacks. Not saved: a clone stays clean. Nothing
  // here needs an install script, so npm's notes about those it did not run are left out. Where NODE_ENV is production, npm leaves
  // the tools out, unless they are asked for.
  const options = ['--include=dev', '--no-save', '--no-fund', '--no-audit', '--loglevel=error'];
  await run('npm', ['install', ...options], { cwd: folder });
  writeFileSync(stamp, wanted);
}

/**
 * Runs a command with this terminal; resolves when it exits with 0, else rejects with a SetupError that names it.
 * `env` is added to the environment; `timeout` is in milliseconds. With `beside`, `{output, signal}`, it runs on what others
 * leave of the processors, its output is added to that list, and the AbortSignal ends it.
 */
export function run(command, args, { cwd = root, env = {}, timeout, beside } = {}) {
  return new Promise((resolve, reject) => {
    const [program, ...words] = [command, ...args].map(forShell);
    const child = spawn(program, words, {
      cwd,
      env: { ...process.env, ...env },
      stdio: beside ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      timeout,
      signal: beside?.signal,
      // At it, pytest ends what it has started.
      killSignal: beside ? 'SIGINT' : 'SIGTERM',
      shell: SHELL,
    });
    if (beside && child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    for (const stream of beside ? [child.stdout, child.stderr] : [])
      stream.on('data', (text) => beside.output.push(text));
    const line = [command, ...args].join(' ');
    child.on('error', (error) => reject(new SetupError(`Could not start "${line}": ${error.message}.`)));
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new SetupError(`"${line}" ended with ${signal ? `signal ${signal}` : `exit code ${code}`}.`));
    });
  });
}

/** @throws SetupError where `folder` holds no built page */
export function requireBuiltPage(folder = join(root, 'dist')) {
  if (existsSync(join(folder, 'index.html'))) return;
  throw new SetupError(
    `There is no built page in ${folder}: run \`npm run build\` first, or \`npm test\`, which does.`,
  );
}

/** One hash over the contents of those of `files` that exist. */
function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(existsSync(file) ? readFileSync(file) : '');
  return hash.digest('hex');
}
