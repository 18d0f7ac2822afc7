import { refuse } from '../../kosmos2/formats/imported.ts';
import { append } from '../append.ts';

/** A folder that holds a data set, on a disk or as a person chose it in a browser. */
export interface DataFolder {
  /** What it is called itself, where that is known: data sets are told apart by it. */
  readonly name?: string | undefined;
  /** All files below it: paths with slashes. */
  readonly names: readonly string[];
  /** Whole content of a file. @throws AppError FOLDER_UNREADABLE */
  bytes(name: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** Largest annotation file: those of VQA v2 have 230 MB. */
const MAX_BYTES = 500_000_000;

/**
 * The one file of a folder with such a name.
 * @param what in a sentence: "the questions, v2_..._questions.json"
 * @throws Kosmos2Error ANNOTATION_INVALID where there is none, or more than one
 */
export function theFile({ names }: DataFolder, isIt: (name: string) => boolean, what: string): string {
  const [first, second] = names.filter(isIt);
  if (first === undefined) return refuse(`The folder holds no ${what}.`, { what });
  if (second !== undefined)
    refuse(`The folder holds more than one ${what}: ${first} and ${second}.`, { first, second });
  return first;
}

/** A file as text. @throws Kosmos2Error ANNOTATION_INVALID for one that is too large or not UTF-8 */
export async function readText(folder: DataFolder, name: string): Promise<string> {
  const bytes = await readBytes(folder, name);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse(`${name} is not text in UTF-8.`, { name });
  }
}

/** @throws Kosmos2Error ANNOTATION_INVALID for a file that is too large */
export async function readBytes(folder: DataFolder, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await folder.bytes(name);
  if (bytes.length <= MAX_BYTES) return bytes;
  const [megabytes, limit] = [bytes.length, MAX_BYTES].map((size) => (size / 1e6).toFixed(0));
  return refuse(`${name} has ${megabytes} MB, more than the ${limit} MB allowed.`, { name });
}

/** Last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Where files lie, by their names without folders: samples name pictures so, and two folders may hold one of a name. */
export function placesByName(paths: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const path of paths) append(places, baseName(path), path);
  return places;
}
