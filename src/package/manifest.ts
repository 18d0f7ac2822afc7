import type { Encoding } from '../tensors/weight-index.ts';

/** `manifest.json`: what a package is and what its files must be. */
export interface Manifest {
  /** Version of the package format. */
  readonly format: 1;
  readonly name: string;
  /** One sentence for people: what this model knows. */
  readonly description: string;
  /** SPDX identifier of the weights' licence. */
  readonly licence: string;
  /** Where the weights came from, e.g. `microsoft/kosmos-2-patch14-224` and the revision. */
  readonly source: { readonly repository: string; readonly revision: string | null };
  /** Name of the quantization scheme, e.g. `q4`. */
  readonly scheme: string;
  /** Encoding of each tensor group under that scheme. */
  readonly encodings: Readonly<Record<TensorGroup, Encoding>>;
  /** Every other file of the package. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** Groups of weights that a scheme treats alike. */
export type TensorGroup = 'decoder' | 'embedding' | 'vision' | 'projection' | 'float';
