/** Installing system packages on Debian as root, the one system where the test command may do so by itself. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './setup.mjs';

const environment = { DEBIAN_FRONTEND: 'noninteractive' };

/** Debian's release name ("bookworm") where packages can be installed: on Debian, as root; else undefined. */
export function debianAsRoot() {
  if (process.platform !== 'linux' || process.getuid() !== 0 || !existsSync('/etc/os-release')) return undefined;
  const release = readFileSync('/etc/os-release', 'utf8');
  if (!/^ID=debian$/m.test(release)) return undefined;
  return /^VERSION_CODENAME=(\w+)$/m.exec(release)?.[1];
}

/** Installs Debian packages from the sources this system has. */
export async function aptInstall(packages) {
  await run('apt-get', ['update', '-qq'], { env: environment });
  await run('apt-get', ['install', '-qqy', '--no-install-recommends', ...packages], { env: environment });
}

/**
 * Installs Debian packages from `<release>-backports`. That source is added to a temporary copy of the system's source
 * list only, so what this system installs later does not change.
 */
export async function aptInstallBackports(release, packages) {
  const sources = mkdtempSync(join(tmpdir(), 'kosmos2-apt-'));
  try {
    if (existsSync('/etc/apt/sources.list.d')) cpSync('/etc/apt/sources.list.d', sources, { recursive: true });
    const line = `deb http://deb.debian.org/debian ${release}-backports main`;
    console.log(`Using the source "${line}" for this one installation.`);
    writeFileSync(join(sources, 'kosmos2-backports.list'), `${line}\n`);
    const option = ['-o', `Dir::Etc::SourceParts=${sources}`];
    await run('apt-get', [...option, 'update', '-qq'], { env: environment });
    await run(
      'apt-get',
      [...option, 'install', '-qqy', '--no-install-recommends', '-t', `${release}-backports`, ...packages],
      { env: environment },
    );
  } finally {
    rmSync(sources, { recursive: true, force: true });
  }
}
