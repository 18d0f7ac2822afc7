import type { Encodings } from '../../package/manifest.ts';
import { SCHEMES, type SchemeName } from '../../package/schemes.ts';

/** A way to store a model that is measured: a scheme, or one with a group stored otherwise. */
export interface Variant {
  readonly name: string;
  readonly scheme: SchemeName;
  readonly encodings: Encodings;
  /** Multiplied as a model is on WASM that is too large for float32. */
  readonly int8?: boolean;
}

const scheme = (name: SchemeName): Variant => ({ name, scheme: name, encodings: SCHEMES[name] });
const but = (base: SchemeName, name: string, change: Partial<Encodings>): Variant => ({
  name: `${base}, ${name}`,
  scheme: base,
  encodings: { ...SCHEMES[base], ...change },
});

const inInt8 = (name: SchemeName): Variant => ({ ...scheme(name), name: `${name} multiplied in int8`, int8: true });

/** What everything is compared with comes first; then every scheme, what each group alone costs, and how they are multiplied. */
export const VARIANTS: readonly Variant[] = [
  scheme('f32'),
  scheme('f16'),
  scheme('q8'),
  but('q8', 'embedding in 16', { embedding: 'f16' }),
  but('q8', 'projection in 4', { projection: 'q4' }),
  but('q8', 'embedding in 4', { embedding: 'q4' }),
  but('q8', 'vision in 4', { vision: 'q4' }),
  scheme('q4'),
  but('q4', 'rest in 16', { embedding: 'f16', vision: 'f16', projection: 'f16' }),
  scheme('q4-small'),
  inInt8('q8'),
  inInt8('q4'),
];
