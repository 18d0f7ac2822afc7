/**
 * A Chromium whose WebGPU without a GPU is Mesa's lavapipe instead of SwiftShader: ten times as fast, it keeps what it
 * compiled from one start to the next, and it has float16 in shaders, as the GPUs of most visitors have.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aptInstall, debianAsRoot } from '../apt.mjs';
import { root } from '../setup.mjs';
import { ensureVulkan, softwareDriver } from '../vulkan.mjs';

const SWIFTSHADER = 'libvk_swiftshader.so';
const SWIFTSHADER_FOR_GL = 'vk_swiftshader_icd.json';
const COMPILERS = ['cc', 'gcc', 'clang', 'tcc'];
const source = fileURLToPath(new URL('disguise.c', import.meta.url));

/**
 * As `mesaChromium`, but first installs on Debian as root what is missing for it, the driver and a small C compiler, and
 * tries the browser with it.
 */
export async function ensureMesaChromium(path) {
  if (mesaRefused()) return mesaChromium(path);
  await ensureVulkan();
  if (!compiler() && debianAsRoot()) await aptInstall(['tcc', 'libc6-dev']);
  const made = mesaChromium(path);
  if (made.missing) return made;
  try {
    if (await hasFloat16(made.path)) return made;
  } catch (error) {
    return { missing: `This Chromium does not start from another folder: ${error.message.split('\n')[0]}` };
  }
  return { missing: `This Chromium does not take ${made.driver}.` };
}

/**
 * The Chromium at `path` as `{path, driver}`: its twin beside which the disguised driver lies, made where there is none
 * yet; or `{missing}`: a sentence that says why SwiftShader has to do. SOFTWARE_GPU=swiftshader asks for that.
 */
export function mesaChromium(path) {
  const refused = mesaRefused();
  if (refused) return { missing: refused };
  const driver = softwareDriver();
  if (!driver) return { missing: "Mesa's software Vulkan driver is not installed." };
  const binary = binaryOf(path);
  if (!binary) return { missing: `${path} has no ${SWIFTSHADER} beside it.` };
  const library = JSON.parse(readFileSync(driver.env.VK_DRIVER_FILES, 'utf8')).ICD.library_path;
  const { size, mtimeMs } = statSync(binary);
  const hash = (...parts) => createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 12);
  const state = hash(readFileSync(source), size, mtimeMs, library);
  const folder = join(root, '.cache', 'mesa-chromium', `${hash(binary)}-${state}`);
  const missing = existsSync(folder) ? undefined : makeTwin(binary, library, folder);
  return missing ? { missing } : { path: join(folder, basename(binary)), driver: driver.source };
}

function mesaRefused() {
  if (process.env.SOFTWARE_GPU === 'swiftshader') return 'SOFTWARE_GPU asks for SwiftShader.';
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'It is made for Linux on x64 processors alone.';
  return undefined;
}

const compiler = () => COMPILERS.find((name) => spawnSync(name, ['--version']).status === 0);

/** Whether WebGPU has what SwiftShader lacks: a browser that does not take the disguised driver finds the real one. */
async function hasFloat16(executablePath) {
  const { chromium } = await import('playwright-core');
  const args = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
  const env = { ...process.env, SOFTWARE_GPU_FLOAT16: '1' };
  const browser = await chromium.launch({ executablePath, args, env });
  try {
    const page = await browser.newPage();
    // The browser's own page, for WebGPU is for secure ones only.
    await page.goto('chrome://gpu');
    return await page.evaluate(
      async () => (await navigator.gpu?.requestAdapter())?.features.has('shader-f16') ?? false,
    );
  } finally {
    await browser.close();
  }
}

/** The program itself: Debian's `/usr/bin/chromium` is a script that starts `/usr/lib/chromium/chromium`. */
function binaryOf(path) {
  const candidates = [realpathSync(path), join('/usr/lib', basename(path), basename(path))];
  return candidates.find((each) => existsSync(each) && existsSync(join(dirname(each), SWIFTSHADER)));
}

/** Fills `folder` in one step, for others may look for it; returns a sentence where it cannot be made. */
function makeTwin(binary, library, folder) {
  const cc = compiler();
  if (!cc) return `There is no C compiler (${COMPILERS.join(', ')}).`;
  mkdirSync(dirname(folder), { recursive: true });
  const begun = mkdtempSync(`${folder}-`);
  try {
    for (const name of readdirSync(dirname(binary))) {
      const original = join(dirname(binary), name);
      // The browser looks for its libraries beside the file it really is, so that one cannot be a symbolic link.
      if (original === binary) duplicate(original, join(begun, name));
      else if (name !== SWIFTSHADER && name !== SWIFTSHADER_FOR_GL) symlinkSync(original, join(begun, name));
    }
    // What draws WebGL finds SwiftShader by this file and needs the real one; WebGPU loads the library by its name.
    const real = {
      file_format_version: '1.0.0',
      ICD: { library_path: join(dirname(binary), SWIFTSHADER), api_version: '1.0.5' },
    };
    writeFileSync(join(begun, SWIFTSHADER_FOR_GL), JSON.stringify(real));
    const options = ['-shared', '-fPIC', `-DDRIVER="${library}"`, '-o', join(begun, SWIFTSHADER), source];
    const { status, stderr } = spawnSync(cc, options, { encoding: 'utf8' });
    if (status !== 0) return `${cc} could not compile ${basename(source)}: ${stderr.trim()}`;
    if (!existsSync(folder)) renameSync(begun, folder);
    removeOlder(folder);
    return undefined;
  } catch (error) {
    return `A twin of it could not be made: ${error.message}.`;
  } finally {
    rmSync(begun, { recursive: true, force: true });
  }
}

/** Twins of the same browser before it was updated: each keeps hundreds of megabytes. */
function removeOlder(folder) {
  const [browser] = basename(folder).split('-');
  for (const name of readdirSync(dirname(folder))) {
    const isOlder = name.startsWith(`${browser}-`) && !name.startsWith(basename(folder));
    if (isOlder) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

/** Hundreds of megabytes: linked where both lie on one disk. */
function duplicate(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
