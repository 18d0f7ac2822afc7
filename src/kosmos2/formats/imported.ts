import { type UnitBox, unitBox } from '../box.ts';
import { Kosmos2Error } from '../errors.ts';
import type { AnnotatedImage } from './annotated-image.ts';

/** What a file of annotations held. */
export interface Imported {
  readonly images: readonly AnnotatedImage[];
  /** Boxes left out because nothing of them is inside their picture. */
  readonly skipped: number;
}

/** Longest file in UTF-16 units: a hundred thousand boxes and more. */
const MAX_CHARACTERS = 32_000_000;
const MAX_IMAGES = 10_000;
const MAX_BOXES = 100_000;
/** Longest caption, name or phrase. */
const MAX_TEXT = 10_000;
/** Largest side of a picture in pixels, as wide as JPEG, WebP and AVIF can be. */
const MAX_SIDE = 65_536;

/** @throws Kosmos2Error ANNOTATION_INVALID, always */
export function refuse(problem: string, details: Record<string, unknown> = {}): never {
  throw new Kosmos2Error('ANNOTATION_INVALID', `${problem} Choose another file or mend this one.`, details);
}

/** @throws Kosmos2Error ANNOTATION_INVALID for a file too long to read */
export function checkFileLength(text: string): void {
  if (text.length <= MAX_CHARACTERS) return;
  const megabytes = (text.length / 1e6).toFixed(0);
  refuse(`The file has ${megabytes} million characters, more than the ${MAX_CHARACTERS / 1e6} million allowed.`, {
    characters: text.length,
    limit: MAX_CHARACTERS,
  });
}

/** A JSON value of a file. @throws Kosmos2Error ANNOTATION_INVALID where it is none */
export function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return refuse(`${place} is not JSON.`, { place });
  }
}

/** Fields of one object of a file, checked; every refusal names its place. */
export class ImportedFields {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #place: string;

  /** @param place e.g. `annotations[3]` */
  constructor(value: unknown, place: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      refuse(`${place} is no JSON object.`, { place });
    this.#fields = value as Record<string, unknown>;
    this.#place = place;
  }

  /** A list of at most `limit` entries; empty where the field is missing. */
  list(field: string, limit: number): readonly unknown[] {
    const value = this.#fields[field] ?? [];
    if (!Array.isArray(value)) return this.#refuse(field, 'is no list');
    if (value.length > limit) return this.#refuse(field, `has ${value.length} entries, more than ${limit}`);
    return value;
  }

  /** A text of at most 10000 characters; '' where the field is missing. */
  text(field: string): string {
    const value = this.#fields[field] ?? '';
    if (typeof value !== 'string') return this.#refuse(field, 'is no text');
    if (value.length > MAX_TEXT) return this.#refuse(field, `has ${value.length} characters, more than ${MAX_TEXT}`);
    return value;
  }

  /** An id: a whole number or a text. */
  id(field: string): number | string {
    const value = this.#fields[field];
    if (typeof value === 'string' && value.length <= MAX_TEXT) return value;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
    return this.#refuse(field, 'is neither a whole number nor a text');
  }

  /** Width or height of a picture in pixels. */
  side(field: string): number {
    const value = this.#fields[field];
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_SIDE) return value;
    return this.#refuse(field, `is no whole number from 1 to ${MAX_SIDE}`);
  }

  /** A number in 0..1; null where the field is missing. */
  share(field: string): number | null {
    const value = this.#fields[field] ?? null;
    if (value === null || (typeof value === 'number' && value >= 0 && value <= 1)) return value;
    return this.#refuse(field, 'is no number from 0 to 1');
  }

  /** Exactly `count` finite numbers. */
  numbers(field: string, count: number): number[] {
    return finiteNumbers(this.#fields[field], count, `${this.#place}.${field}`);
  }

  #refuse(field: string, problem: string): never {
    return refuse(`${this.#place}.${field} ${problem}.`, { place: this.#place, field });
  }
}

/** @throws Kosmos2Error ANNOTATION_INVALID */
export function finiteNumbers(value: unknown, count: number, place: string): number[] {
  if (Array.isArray(value) && value.length === count && value.every((one) => Number.isFinite(one))) return value;
  return refuse(`${place} must be ${count} numbers.`, { place });
}

/** A box cut to its picture; null where it has no area there. */
export function boxInside(x1: number, y1: number, x2: number, y2: number): UnitBox | null {
  const [left, top, right, bottom] = [x1, y1, x2, y2].map((value) => Math.min(1, Math.max(0, value))) as Corners;
  return right > left && bottom > top ? unitBox(left, top, right, bottom) : null;
}

type Corners = [x1: number, y1: number, x2: number, y2: number];

export const LIMITS = { images: MAX_IMAGES, boxes: MAX_BOXES } as const;
