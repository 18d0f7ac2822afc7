import { AppError } from '../protocol/errors.ts';

/** An answer recorded of the reference implementation, as one sequence of ids. */
export interface SelfTestCase {
  /** Absolute address of its picture. */
  readonly picture: string;
  readonly ids: readonly number[];
  /** Index of the picture's first row. */
  readonly imageStart: number;
  /** Index of the first recorded token. */
  readonly answerStart: number;
}

const FILE = 'cases.json';
const MAX_BYTES = 100_000;
const MAX_IDS = 1024;

/**
 * The case of a model: `cases.json` in `folder` has one for every repository whose weights it knows, so that a package
 * imported today or tomorrow finds it by its manifest's source.
 * @param folder absolute address, ending in `/`
 * @returns null where there is none for this repository
 * @throws AppError PACKAGE_FETCH_FAILED, PACKAGE_FILE_INVALID
 */
export async function findSelfTestCase(
  folder: string,
  repository: string,
  signal?: AbortSignal,
): Promise<SelfTestCase | null> {
  const cases: unknown = JSON.parse(new TextDecoder().decode(await fetchBytes(new URL(FILE, folder), signal)));
  if (!isRecord(cases) || !Object.hasOwn(cases, repository)) return null;
  const { picture, ids, imageStart, answerStart } = isRecord(cases[repository]) ? cases[repository] : {};
  const sound =
    typeof picture === 'string' &&
    /^[\w-]+\.(png|jpg)$/.test(picture) &&
    Array.isArray(ids) &&
    ids.length <= MAX_IDS &&
    ids.every((id) => isIndex(id, 2 ** 31)) &&
    isIndex(imageStart, ids.length) &&
    isIndex(answerStart, ids.length) &&
    imageStart < answerStart;
  if (!sound) throw new AppError('PACKAGE_FILE_INVALID', `The case of ${repository} in ${folder}${FILE} is not sound.`);
  return { picture: new URL(picture, folder).href, ids, imageStart, answerStart };
}

/** A small file of the site. @throws AppError PACKAGE_FETCH_FAILED */
async function fetchBytes(url: URL, signal?: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(url, signal ? { signal } : {});
  const bytes = response.ok ? await response.arrayBuffer() : null;
  if (bytes && bytes.byteLength <= MAX_BYTES) return bytes;
  throw new AppError('PACKAGE_FETCH_FAILED', `${url.href} could not be fetched (${response.status}). Try again later.`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIndex(value: unknown, end: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < end;
}
