import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One numpy is not for all versions of Python. */
const READERS = ['globox==2.9.0', 'pycocotools==2.0.11', 'numpy>=2.2.6,<3'];
const SCRIPT = fileURLToPath(new URL('read-annotations.py', import.meta.url));

/** What other people's readers made of a box: its name and four numbers. */
export type ReadBox = readonly [label: string, ...numbers: number[]];

export interface ReadAnnotations {
  /** `[x, y, width, height]` in pixels. */
  readonly pycocotools: readonly { readonly file: string; readonly boxes: readonly ReadBox[] }[];
  /** By name of the picture, corners in pixels. */
  readonly coco: Readonly<Record<string, { readonly boxes: readonly ReadBox[] }>>;
  readonly voc: Readonly<Record<string, { readonly boxes: readonly ReadBox[] }>>;
  /** By name of the picture; a label is the number of its class. */
  readonly yolo: Readonly<Record<string, { readonly boxes: readonly ReadBox[] }>>;
}

/**
 * Why exports cannot be read here by other people's readers; null where they can. These are installed beside the checkout
 * when first needed. Tests without them are left out with a sentence, but not in CI.
 */
export const readersMissing: string | null = ((): string | null => {
  try {
    installReaders();
    return null;
  } catch (thrown) {
    if (process.env.CI) throw thrown;
    const reason = thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown);
    const missing = `Exports are not read by pycocotools and globox, which take a Python with pip: ${reason}`;
    console.warn(missing);
    return missing;
  }
})();

/** Reads a folder of exports with pycocotools and globox. */
export function readAnnotations(folder: string): ReadAnnotations {
  return JSON.parse(python([SCRIPT, folder], { PYTHONPATH: installReaders() })) as ReadAnnotations;
}

/** @returns their folder */
function installReaders(): string {
  const version = python(['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']).trim();
  const readers = fileURLToPath(new URL(`../../.cache/annotation-readers-${version}`, import.meta.url));
  if (existsSync(readers)) return readers;
  const making = `${readers}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  const options = ['--quiet', '--retries', '10', '--only-binary', ':all:', '--target', making];
  try {
    python(['-m', 'pip', 'install', ...options, ...READERS]);
  } catch (thrown) {
    rmSync(making, { recursive: true, force: true });
    throw thrown;
  }
  rmSync(readers, { recursive: true, force: true });
  renameSync(making, readers);
  return readers;
}

function python(args: readonly string[], env: Record<string, string> = {}): string {
  const { status, stdout, stderr, error } = spawnSync('python3', args, {
    encoding: 'utf8',
    env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: '1' },
    timeout: 300_000,
  });
  if (status === 0) return stdout;
  throw new Error(`python3 ${args.join(' ')} failed: ${error?.message ?? stderr}`);
}
