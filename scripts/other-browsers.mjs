/** Finds Firefox and WebKitGTK for the tests in other browsers than Chromium, and installs them on Debian as root. */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, debianAsRoot } from './apt.mjs';

const LIBRARIES = ['/usr/lib', '/usr/libexec', '/usr/lib64'];

/**
 * The browsers' programs as `{env, source}` (`env` is for the tests' environment), or `{missing}`: a sentence that says why
 * there are none. Where only one is found, the tests in the other are skipped.
 */
export async function ensureOtherBrowsers() {
  const here = installed();
  if (here.firefox && here.webkit) return found(here);
  if (debianAsRoot()) {
    console.log("Installing Debian's Firefox and WebKitGTK ...");
    try {
      await aptInstall(['firefox-esr', 'webkit2gtk-driver', 'xvfb']);
    } catch (error) {
      if (!here.firefox && !here.webkit)
        return { missing: `Firefox and WebKitGTK could not be installed. ${error.message}` };
      console.log(`Not both could be installed. ${error.message}`);
    }
  }
  const now = installed();
  if (now.firefox || now.webkit) return found(now);
  return {
    missing:
      'There is neither Firefox nor WebKitGTK: install one (firefox-esr, or webkit2gtk-driver and xvfb, on Debian), or set FIREFOX_PATH.',
  };
}

function found({ firefox, webkit }) {
  const names = [firefox ?? 'no Firefox', webkit?.browser ?? 'no WebKitGTK'];
  const env = {
    ...(firefox && { FIREFOX_PATH: firefox }),
    ...(webkit && { WEBKIT_DRIVER: webkit.driver, WEBKIT_BROWSER: webkit.browser, WEBKIT_DISPLAY: webkit.display }),
  };
  return { env, source: names.join(', ') };
}

function installed() {
  const mac = '/Applications/Firefox.app/Contents/MacOS/firefox';
  const firefox = process.env.FIREFOX_PATH ?? onPath('firefox', 'firefox-esr') ?? (existsSync(mac) ? mac : undefined);
  const driver = onPath('WebKitWebDriver');
  const display = onPath('Xvfb');
  const browser = miniBrowser();
  return { firefox, webkit: driver && display && browser ? { driver, display, browser } : undefined };
}

function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** WebKitGTK's own little browser, which lies beside its other programs: `/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser`. */
function miniBrowser() {
  const inside = (folder) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []);
  const webkits = LIBRARIES.flatMap((folder) => [
    ...inside(folder),
    ...inside(folder)
      .filter((path) => /-linux-gnu$/.test(path))
      .flatMap(inside),
  ]);
  return webkits
    .filter((path) => /webkit2?gtk-[\d.]+$/.test(path))
    .map((path) => join(path, 'MiniBrowser'))
    .find((path) => existsSync(path));
}
