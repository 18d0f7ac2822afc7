import { constants, createReadStream } from 'node:fs';
import { access, open, readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { AppError } from '../../protocol/errors.ts';
import { UsageError } from '../cli.ts';
import { readCocoRows } from './coco-rows.ts';
import { readCsvRows } from './csv-rows.ts';
import { readJsonRows } from './json-rows.ts';
import { folderPictures, globPictures } from './pictures.ts';
import type { Item } from './row.ts';

export const INPUT_KINDS = ['jsonl', 'folder', 'glob', 'csv', 'coco', 'grit'] as const;
export type InputKind = (typeof INPUT_KINDS)[number];

/** What a run reads. */
export interface Input {
  readonly kind: InputKind;
  /** Folder that pictures are named from. */
  readonly images: string;
  /** Whether it can be read twice, once to count and once to answer: a pipe is empty behind the first. */
  readonly countable: boolean;
  /** All items, in the same order every time. */
  items(): AsyncIterable<Item> | Iterable<Item>;
}

export interface InputOptions {
  /** File, pipe, folder or pattern; `-` or `/dev/stdin` for JSON lines from standard input. */
  readonly path: string;
  readonly kind?: string | undefined;
  readonly images?: string | undefined;
  /** Asked about every picture that has no prompt or caption of its own. */
  readonly prompt: string;
}

/**
 * Opens an input of any kind; left out, the kind is told by the path.
 * @throws UsageError for a kind that is none; AppError OPTION_INVALID where nothing can be read, Kosmos2Error
 * ANNOTATION_INVALID for a COCO file that is none
 */
export async function openInput({ path, kind: wanted, images, prompt }: InputOptions): Promise<Input> {
  const stdin = isStdin(path);
  const kind = wanted === undefined ? await kindOf(path, stdin) : checkedKind(wanted);
  const file = () => (stdin ? process.stdin : createReadStream(path));
  const isFile = kind !== 'glob' && !stdin && (await checkReadable(path, kind === 'folder'));
  const base = { kind, images: images ?? '.', countable: true };
  switch (kind) {
    case 'jsonl':
    case 'grit':
      return { ...base, countable: isFile, items: () => readJsonRows(file(), prompt) };
    case 'csv':
      return { ...base, countable: isFile, items: () => readCsvRows(file(), prompt) };
    case 'coco': {
      if (stdin) throw new UsageError('Captions in COCO format are read from a file; give its path as --batch.');
      const rows = readCocoRows(new TextDecoder().decode(await readFile(path)));
      return { ...base, items: () => rows };
    }
    case 'folder': {
      const pictures = await folderPictures(path);
      return { ...base, images: path, items: () => asked(pictures, prompt) };
    }
    case 'glob': {
      const pictures = await globPictures(path, images ?? '.');
      return { ...base, items: () => asked(pictures, prompt) };
    }
  }
}

/**
 * Finds JSON lines that are answered as they are read. They are opened by the call of what comes back.
 * @throws UsageError for what takes a long run; AppError OPTION_INVALID where nothing can be read
 */
export async function openLines(path: string): Promise<() => AsyncIterable<Uint8Array | string>> {
  // Not opened as a file: that fails where standard input is a socket, as under Node's own spawn.
  if (isStdin(path)) return () => process.stdin;
  const kind = await kindOf(path, false);
  // A name that ends in .json may be that of lines.
  if (kind !== 'jsonl' && kind !== 'coco') {
    throw new UsageError(`--batch ${path} (${kind}) goes with --out; without --out it is a file of JSON lines.`);
  }
  await checkReadable(path, false);
  return () => createReadStream(path);
}

function isStdin(path: string): boolean {
  return ['-', '/dev/stdin', '/dev/fd/0'].includes(path);
}

function* asked(pictures: readonly string[], prompt: string): Generator<Item, void, void> {
  for (const image of pictures) yield { image, prompt };
}

async function kindOf(path: string, stdin: boolean): Promise<InputKind> {
  if (stdin) return 'jsonl';
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return 'folder';
  if (!found && /[*?[{]/.test(path)) return 'glob';
  if (extname(path).toLowerCase() === '.csv') return 'csv';
  return extname(path).toLowerCase() === '.json' ? 'coco' : 'jsonl';
}

function checkedKind(wanted: string): InputKind {
  const kind = INPUT_KINDS.find((name) => name === wanted);
  if (kind) return kind;
  throw new UsageError(`--input is one of ${INPUT_KINDS.join(', ')}, not "${wanted}".`);
}

/** Whether it is a file, neither a folder nor a pipe. @throws AppError OPTION_INVALID for what cannot be read */
async function checkReadable(path: string, isFolder: boolean): Promise<boolean> {
  try {
    await access(path, constants.R_OK);
    const found = await stat(path);
    if (!isFolder && found.isDirectory()) throw new Error('it is a folder');
    // Of a pipe nothing may be read twice.
    if (found.isFile() && (await beginsAsParquet(path))) {
      throw new AppError(
        'OPTION_INVALID',
        `The input "${path}" is a Parquet file, which is not read here. Write its rows as JSON lines, {"image": FILE, "caption": TEXT} each, or give it to bulk/ground.py.`,
        { path },
      );
    }
    return found.isFile();
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const { code: reason, message } = thrown as NodeJS.ErrnoException;
    throw new AppError('OPTION_INVALID', `The input "${path}" cannot be read (${reason ?? message}). Check the path.`, {
      path,
    });
  }
}

/** As the authors of GrIT give theirs away; read as lines it would fail one by one. */
async function beginsAsParquet(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'PAR1';
  } finally {
    await file.close();
  }
}
