/** Something about a device that a model needs and that is not there, or barely. */
export interface Verdict {
  /** `missing`: the model will not run; `tight`: it may not, or slowly. */
  readonly kind: 'missing' | 'tight';
  /**
   * `gpu`: the GPU reads too little at once; `no-gpu`: none, and the model is big; `heap`: a page cannot have so much on
   * the processor; `memory`: of the machine; `storage`: free to keep it.
   */
  readonly what: 'gpu' | 'no-gpu' | 'heap' | 'memory' | 'storage';
  /** Bytes that the model takes, and bytes that there are. */
  readonly needed: number;
  readonly has: number;
}

/** What a package is and what it takes on this device, known before its weights are fetched. */
export interface ModelInspection {
  readonly name: string;
  readonly description: string;
  /** SPDX identifier of the weights' licence. */
  readonly licence: string;
  readonly scheme: string;
  /** Where the weights came from. */
  readonly repository: string;
  /** Bytes of all its files. */
  readonly bytes: number;
  /** Where it would run, and the bytes it takes there. */
  readonly runsOn: 'webgpu' | 'wasm';
  readonly deviceBytes: number;
  /** Bytes free for storing it; null where the browser does not tell. */
  readonly free: number | null;
  readonly verdicts: readonly Verdict[];
}
