/** Finds a Chromium for the browser tests, and installs one where none is found. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, debianAsRoot } from './apt.mjs';
import { run, SetupError } from './setup.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const APPLICATIONS = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
};

/** A Chromium that is already here, as `{path, source}`: CHROMIUM_PATH, then the system's, then Playwright's own. */
async function installedChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (starts(named)) return { path: named, source: 'CHROMIUM_PATH' };
    throw new SetupError(`CHROMIUM_PATH names "${named}", which cannot be run. Correct it or remove it.`);
  }
  const system = systemChromium();
  if (system) return { path: system, source: 'the system' };
  const { chromium } = await import('playwright-core');
  const own = chromium.executablePath();
  return own && starts(own) ? { path: own, source: "Playwright's download" } : undefined;
}

/** As `installedChromium`, but where there is none tries Playwright's download, then Debian's package. */
export async function ensureChromium() {
  const here = await installedChromium();
  if (here) return here;
  console.log("No Chromium found on this system: trying Playwright's download ...");
  try {
    await run('npx', ['--no-install', 'playwright-core', 'install', 'chromium'], {
      env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '5000' },
      timeout: 600_000,
    });
  } catch (error) {
    console.log(`Playwright's download did not work here. ${error.message}`);
  }
  const downloaded = await installedChromium();
  if (downloaded) return downloaded;
  if (debianAsRoot()) {
    console.log("Installing Debian's chromium package ...");
    await aptInstall(['chromium']);
    const path = systemChromium();
    if (path) return { path, source: "Debian's package, just installed" };
  }
  throw new SetupError(
    'No Chromium was found or could be installed for the browser tests. Install Chromium or Google Chrome, or set CHROMIUM_PATH to one, and run the command again.',
  );
}

/** A Chromium or Chrome that is installed on this system and starts, or undefined. */
export function systemChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...(APPLICATIONS[process.platform] ?? [])].find(starts);
}

/** Whether this file is a browser that runs here: a download may lack the system's libraries. */
function starts(path) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  // Windows' Chrome opens a window instead of answering.
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
}
