import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const READERS = ['globox==2.9.0', 'pycocotools==2.0.11', 'numpy==2.2.6'];
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

/** Reads a folder of exports with pycocotools and globox, which are installed beside the checkout when first needed. */
export function readAnnotations(folder: string): ReadAnnotations {
  const version = python(['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']).trim();
  const readers = fileURLToPath(new URL(`../../.cache/annotation-readers-${version}`, import.meta.url));
  if (!existsSync(readers)) {
    const making = `${readers}.${process.pid}`;
    mkdirSync(making, { recursive: true });
    python([
      '-m',
      'pip',
      'install',
      '--quiet',
      '--retries',
      '10',
      '--only-binary',
      ':all:',
      '--target',
      making,
      ...READERS,
    ]);
    rmSync(readers, { recursive: true, force: true });
    renameSync(making, readers);
  }
  return JSON.parse(python([SCRIPT, folder], { PYTHONPATH: readers })) as ReadAnnotations;
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
