import { Kosmos2Error, type Kosmos2ErrorCode } from './errors.ts';
import { shown } from './shown.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A parsed JSON value as an object. @throws Kosmos2Error with `code` where it is none */
export function jsonObject(value: unknown, name: string, code: Kosmos2ErrorCode = 'CONFIG_INVALID'): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  const told = shown(value);
  throw new Kosmos2Error(code, `${name} must be a JSON object, but is ${told}; check the model's files.`, {
    field: name,
    value: told,
  });
}

/** Reads fields of one JSON object with their defaults and bounds; every refusal names the field as `file: field`. */
export class JsonFields {
  private readonly fields: JsonObject;
  private readonly name: string;

  constructor(value: unknown, name: string) {
    this.fields = jsonObject(value, name);
    this.name = name;
  }

  get(field: string): unknown {
    return this.fields[field] ?? undefined;
  }

  /** A whole number in `min..max`; `fallback` where the field is missing or null (undefined: it must be there). */
  integer(field: string, fallback: number | undefined, min: number, max: number): number {
    const value = this.get(field) ?? fallback;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    return this.refuse(field, value, `must be a whole number from ${min} to ${max}`);
  }

  /** A finite number greater than 0 and at most `max`. */
  positive(field: string, fallback: number, max: number): number {
    const value = this.get(field) ?? fallback;
    if (typeof value === 'number' && value > 0 && value <= max) return value;
    return this.refuse(field, value, `must be a number above 0 and at most ${max}`);
  }

  boolean(field: string, fallback: boolean): boolean {
    const value = this.get(field) ?? fallback;
    if (typeof value === 'boolean') return value;
    return this.refuse(field, value, 'must be true or false');
  }

  /** A field that may say only one thing, because nothing else is implemented. */
  only<T extends string | number | boolean>(field: string, expected: T): void {
    const value = this.get(field) ?? expected;
    if (value !== expected) this.refuse(field, value, `must be ${JSON.stringify(expected)}, nothing else is supported`);
  }

  /** Three finite numbers of magnitude at most `max`, one per colour channel. */
  triple(field: string, fallback: readonly number[], max: number): [number, number, number] {
    const value = this.get(field) ?? fallback;
    if (Array.isArray(value) && value.length === 3) {
      const [r, g, b]: unknown[] = value;
      const fits = (x: unknown): x is number => typeof x === 'number' && Math.abs(x) <= max;
      if (fits(r) && fits(g) && fits(b)) return [r, g, b];
    }
    return this.refuse(field, value, `must be three numbers of at most ${max}`);
  }

  /** @throws Kosmos2Error CONFIG_INVALID, always */
  refuse(field: string, value: unknown, rule: string): never {
    const place = `${this.name}: ${field}`;
    const told = shown(value);
    const message = `${place} ${rule}, but is ${told}; use the files of a KOSMOS-2 model.`;
    throw new Kosmos2Error('CONFIG_INVALID', message, { field, value: told, file: this.name });
  }
}
