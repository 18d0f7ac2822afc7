import type { CheckpointSource, ImportSettings, PackageSource } from './importer-messages.ts';

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

/** The official checkpoint of the full model. */
export const OFFICIAL_REPOSITORY = 'microsoft/kosmos-2-patch14-224';

/** Schemes a person may choose for a checkpoint. */
export const OFFERED_SCHEMES = ['q4', 'q4-small'] as const satisfies readonly ImportSettings['scheme'][];

/** What is looked at: a place, or the official checkpoint, of which everything is known without asking anybody. */
export type InspectionSource = CheckpointSource | { readonly kind: 'official' };

/** One way to store a model, and what that takes on this device. */
export interface ModelChoice {
  /** How its weights are stored. */
  readonly scheme: string;
  /** What tells a model of this device from every other, once it is stored; null for one of the web, which has its address. */
  readonly identity: string | null;
  /** Bytes of all its files. */
  readonly bytes: number;
  /** Where it would run, and the bytes it takes there. */
  readonly runsOn: 'webgpu' | 'wasm';
  readonly deviceBytes: number;
  /** Where it is opened as `open` opens an address: fetched into memory, and not stored. */
  readonly verdicts: readonly Verdict[];
  /** Where it is stored in this browser first. */
  readonly whenStored: readonly Verdict[];
}

/** What a model is and takes on this device, known before its weights are fetched. */
export interface ModelInspection {
  /** How it is got: a ready package is copied, a checkpoint is packed here. */
  readonly way:
    | { readonly kind: 'copy'; readonly source: PackageSource }
    | { readonly kind: 'import'; readonly source: CheckpointSource };
  /** What it calls itself; null for a checkpoint that does not say. */
  readonly name: string | null;
  readonly description: string;
  /** SPDX identifier of the weights' licence; null where it is not stated. */
  readonly licence: string | null;
  /** Where the weights came from. */
  readonly repository: string;
  /** Bytes that are read to get it. */
  readonly sourceBytes: number;
  /** The first is the best. */
  readonly choices: readonly [ModelChoice, ...ModelChoice[]];
  /** Tensors that KOSMOS-2 does not have; they are left out. */
  readonly extras: readonly string[];
  /** Bytes free for storing it, and memory of the machine; null where the browser does not tell. */
  readonly free: number | null;
  readonly memory: number | null;
}
