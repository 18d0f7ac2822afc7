import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Parts of the built page that are no dependencies of the package: the service worker's own. */
const SERVICE_WORKER = ['workbox-precaching'];

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The licences of all that is built into the page, whose minified code no longer tells them, as one text. */
export function licencesText(root: string): string {
  const read = (name: string) => readFileSync(join(root, name), 'utf8');
  const { dependencies = {} } = JSON.parse(read('package.json')) as PackageJson;
  const parts = [...packagesUnder(root, [...Object.keys(dependencies), ...SERVICE_WORKER])].map(([name, folder]) => {
    const { version, license = 'unknown' } = packageJson(folder);
    // Some come without their text; this project's own is MIT's too.
    const unsaid =
      license === 'MIT' ? read('LICENSE').replace(/^Copyright.*$/m, `Copyright (c) the authors of ${name}`) : license;
    return `${name} ${version} (${license})\n\n${licenceIn(folder) || unsaid}`;
  });
  return [read('LICENSE'), read('CREDITS.md'), ...parts.sort()]
    .map((part) => part.trim())
    .join(`\n\n${'='.repeat(80)}\n\n`);
}

/** These packages and all that they need, each with its folder. */
function packagesUnder(root: string, names: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (name: string, from: string) => {
    const folder = [join(from, 'node_modules', name), join(root, 'node_modules', name)].find((one) =>
      existsSync(join(one, 'package.json')),
    );
    if (!folder || found.has(name)) return;
    found.set(name, folder);
    for (const needed of Object.keys(packageJson(folder).dependencies ?? {})) visit(needed, folder);
  };
  for (const name of names) visit(name, root);
  return found;
}

function packageJson(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
}

/** Its licence and notices, as they came with it; empty where none did. */
function licenceIn(folder: string): string {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying|third)/i.test(name));
  return files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
}
