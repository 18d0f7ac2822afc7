import type { SentMessage } from './count-sent.ts';
import type { WireError } from './errors.ts';

/** How far a transfer is, in bytes. */
export interface TransferProgress {
  readonly done: number;
  readonly total: number;
  /** How many of `done` an earlier try had put there: a rate is that of `done - kept`. */
  readonly kept: number;
  /** File or weight at work; null while the files of an earlier try are checked. */
  readonly item: string | null;
}

/** Where a checkpoint is read from. */
export type CheckpointSource =
  | {
      readonly kind: 'hub';
      /** `hf:owner/name` or `hf:owner/name@revision`. */
      readonly name: string;
      readonly endpoint?: string | undefined;
      /** Kept in memory, sent to the endpoint alone. */
      readonly token?: string | undefined;
    }
  | { readonly kind: 'site'; readonly url: string }
  | {
      readonly kind: 'files';
      readonly files: readonly File[];
      /** Name of the folder they lie in, where it is known. */
      readonly folder?: string | undefined;
    };

/** Where a ready package is copied from. */
export type PackageSource =
  | { readonly kind: 'site'; readonly url: string }
  | { readonly kind: 'files'; readonly files: readonly File[] };

/** What becomes of a checkpoint. */
export interface ImportSettings {
  /** Folder of the stored model. */
  readonly name: string;
  readonly scheme: 'f32' | 'f16' | 'q8' | 'q4' | 'q4-small';
  readonly description: string;
  /** SPDX identifier, used where the place of the checkpoint names none. */
  readonly licence: string;
}

/** A model in this browser's storage. */
export interface StoredPackage {
  /** Its folder; `stored:<name>` opens it. */
  readonly name: string;
  /** Bytes on the disk, unfinished files included. */
  readonly bytes: number;
  /** Newest file, in milliseconds since 1970. */
  readonly date: number;
  /** Address of the folder on the web that it came from; null where it came from elsewhere, or that is not known. */
  readonly from: string | null;
  /** Hashes that tell it from every other model: of its manifest, and of what it was made of, where that is known. */
  readonly identities: readonly string[];
  /** What its manifest says; null while it is not whole. */
  readonly manifest: {
    readonly name: string;
    readonly description: string;
    readonly licence: string;
    readonly scheme: string;
    readonly repository: string;
    readonly revision: string | null;
  } | null;
}

/** What the page asks of the worker that stores models. */
export type ImporterCall =
  | { readonly type: 'import'; readonly source: CheckpointSource; readonly settings: ImportSettings }
  | { readonly type: 'copy'; readonly source: PackageSource; readonly name: string }
  | { readonly type: 'list' }
  /** Answers with the names of damaged files. */
  | { readonly type: 'verify'; readonly name: string }
  | { readonly type: 'delete'; readonly name: string }
  | { readonly type: 'export'; readonly name: string; readonly folder: FileSystemDirectoryHandle };

/** What a finished call answers with. */
export interface ImporterResults {
  readonly import: StoredPackage;
  readonly copy: StoredPackage;
  readonly list: readonly StoredPackage[];
  readonly verify: readonly string[];
  readonly delete: null;
  readonly export: null;
}

/** Page to worker. `stop` ends the call `target`; what it has finished stays and the same call goes on with it. */
export type ImporterRequest =
  | (ImporterCall & { readonly id: number })
  | { readonly type: 'stop'; readonly target: number };

/** Worker to page. */
export type ImporterReply =
  | SentMessage
  | { readonly type: 'progress'; readonly id: number; readonly progress: TransferProgress }
  /** Another window works on the same model; this one waits for it and takes over what it leaves. */
  | { readonly type: 'waiting'; readonly id: number }
  | { readonly type: 'done'; readonly id: number; readonly result: ImporterResults[ImporterCall['type']] }
  | { readonly type: 'failed'; readonly id: number; readonly error: WireError };
