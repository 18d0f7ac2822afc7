/** Finds the Vulkan driver for the native WebGPU tests, and installs Mesa's software driver on Debian as root. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstallBackports, debianAsRoot } from './apt.mjs';

/** Mesa's software driver has `shader-f16` from this version on in a form ONNX Runtime's WebGPU accepts; 22.3 is refused. */
const OLDEST_MESA = 23;
const DRIVER_FOLDERS = ['/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/etc/vulkan/icd.d'];

/**
 * A way to native WebGPU as `{env, source}` (`env` is for the tests' environment), or `{missing}`: a sentence that says
 * why there is none.
 */
export async function ensureVulkan() {
  if (process.platform !== 'linux') return { env: {}, source: `the graphics system of ${process.platform}` };
  if (process.arch !== 'x64') {
    return {
      missing: `onnxruntime-node has WebGPU on Linux for x64 processors only, and this one is ${process.arch}.`,
    };
  }
  if (process.env.VK_DRIVER_FILES) return { env: {}, source: 'VK_DRIVER_FILES' };
  const gpu = driverFile(/\/nvidia_icd[^/]*\.json$/);
  if (gpu && existsSync('/dev/nvidiactl') && hasLoader()) return found(gpu, "the machine's GPU");
  const here = softwareDriver();
  if (here) return here;
  const release = debianAsRoot();
  if (release) {
    console.log("Installing Mesa's software Vulkan driver ...");
    try {
      await aptInstallBackports(release, ['libvulkan1', 'mesa-vulkan-drivers']);
    } catch (error) {
      return { missing: `Mesa's software Vulkan driver could not be installed. ${error.message}` };
    }
  }
  return (
    softwareDriver() ?? {
      missing: `There is no Vulkan driver with shader-f16: install the Vulkan loader and Mesa's drivers, version ${OLDEST_MESA} or newer (libvulkan1 and mesa-vulkan-drivers on Debian and Ubuntu), or set VK_DRIVER_FILES.`,
    }
  );
}

/** Mesa's driver that runs on the CPU, as `{env, source}`, where it is installed and new enough. */
export function softwareDriver() {
  const file = driverFile(/\/lvp_icd[^/]*\.json$/);
  const version = mesaVersion();
  if (!file || !hasLoader() || (version !== undefined && version < OLDEST_MESA)) return undefined;
  return found(file, `Mesa's software driver${version === undefined ? '' : ` ${version}`}`);
}

const found = (file, source) => ({ env: { VK_DRIVER_FILES: file }, source: `${source} (${file})` });

const driverFile = (name) => DRIVER_FOLDERS.flatMap(filesOf).find((path) => name.test(path));

const filesOf = (folder) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []);

function hasLoader() {
  const list = spawnSync('ldconfig', ['-p'], {
    encoding: 'utf8',
    env: { PATH: `${process.env.PATH}:/sbin:/usr/sbin` },
  });
  return list.stdout?.includes('libvulkan.so.1') ?? false;
}

/** Mesa's major version where dpkg knows it; other systems are taken at their word. */
function mesaVersion() {
  const { status, stdout } = spawnSync('dpkg-query', ['-s', 'mesa-vulkan-drivers'], { encoding: 'utf8' });
  const version = status === 0 ? /^Version: (?:\d+:)?(\d+)/m.exec(stdout)?.[1] : undefined;
  return version === undefined ? undefined : Number(version);
}
