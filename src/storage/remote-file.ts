import type { CheckpointFile } from '../package/checkpoint-files.ts';
import { JSON_FILES } from '../package/manifest.ts';
import { AppError } from '../protocol/errors.ts';
import { type FileState, firstByteOf, sameState, stateOf } from './file-state.ts';
import { type RemoteAnswer, remoteRequest } from './remote-request.ts';
import { DEFAULT_FIRST_PAUSE, PassingFailure, withRetries } from './retry.ts';
import { wholeBody } from './whole-body.ts';

/** Read when a file is opened: the whole of a small one, most headers of a large one. */
const HEAD_BYTES = 65_536;
/** What no JSON file of a checkpoint may exceed. */
const MAX_JSON_BYTES = JSON_FILES['tokenizer.json'];

/** How the files of a place are read. */
export interface RemotePlace {
  /** For messages. */
  readonly location: string;
  /** Goes to the origin of the files' own addresses alone. */
  readonly token?: string | undefined;
  /** Milliseconds before the second try, DEFAULT_FIRST_PAUSE by default. */
  readonly firstPause?: number | undefined;
  /** Milliseconds without a byte after which a connection is given up, a minute by default. */
  readonly stall?: number | undefined;
  /** What to say where the server refuses (401, 403). */
  denied(status: number): AppError;
}

/** A file on a server. */
export interface RemoteFile {
  readonly url: URL;
  readonly name: string;
  readonly place: RemotePlace;
}

/**
 * Opens a file on a server that answers ranges. Every answer must be of the same length and version as the first: a file
 * that changes ends the reading. A JSON file may come whole: caches before the hub need not heed the range of what they hold.
 * @returns null where there is no such file (404, 410, or a web page in its place)
 * @throws AppError CHECKPOINT_DENIED, CHECKPOINT_CHANGED, PACKAGE_FETCH_FAILED; the reason of a signal once it aborts
 */
export async function openRemoteFile(file: RemoteFile, signal?: AbortSignal): Promise<CheckpointFile | null> {
  const head = new RangeRead(file, 0, HEAD_BYTES, null, signal);
  const bytes = await head.run();
  if (!bytes) return null;
  const size = head.state?.size ?? (await sizeByRange(file, bytes.length, signal));
  const state: FileState = { etag: null, modified: null, ...head.state, size };
  return {
    name: file.name,
    size,
    version: state.etag ?? state.modified ?? undefined,
    async read(offset, length, signal) {
      signal?.throwIfAborted();
      if (offset < 0 || length < 0 || offset + length > size) {
        throw new RangeError(`${file.name}: bytes ${offset}..${offset + length} of ${size} were asked for.`);
      }
      if (length === 0 || offset + length <= bytes.length) return bytes.slice(offset, offset + length);
      const part = await new RangeRead(file, offset, length, state, signal).run();
      if (!part) throw changed(file, 'it is gone');
      return part;
    },
  };
}

/** One range of a file. A connection that breaks is taken up again where it broke. */
class RangeRead {
  readonly #file: RemoteFile;
  readonly #offset: number;
  readonly #isOpening: boolean;
  readonly #signal: AbortSignal | undefined;
  readonly #bytes: Uint8Array;
  #received = 0;
  /** State of the file, as far as the answers tell it. */
  state: FileState | null;

  /** @param opened state the file had when it was opened, null when this is the opening */
  constructor(file: RemoteFile, offset: number, length: number, opened: FileState | null, signal?: AbortSignal) {
    this.#file = file;
    this.#offset = offset;
    this.#isOpening = opened === null;
    this.#signal = signal;
    this.#bytes = new Uint8Array(length);
    this.state = opened;
  }

  /** The bytes, at the opening of a short file fewer than asked for, of one that comes whole all; null where there is no such file. */
  async run(): Promise<Uint8Array | null> {
    const { firstPause = DEFAULT_FIRST_PAUSE, token, stall } = this.#file.place;
    const last = this.#offset + this.#bytes.length - 1;
    return tellFailure(this.#file, () =>
      withRetries(
        async () => {
          // Broken after its last byte: nothing is missing.
          if (this.#received > 0 && this.#received === this.#wanted) return this.#bytes.subarray(0, this.#received);
          const range = [this.#offset + this.#received, last] as const;
          const answer = await remoteRequest(this.#file.url, { range, token, stall, signal: this.#signal });
          try {
            return await this.#take(answer, range[0]);
          } finally {
            await answer.discard();
          }
        },
        { firstPause, signal: this.#signal },
      ),
    );
  }

  /** Bytes of the range that the file has, as far as its length is known. */
  get #wanted(): number {
    return Math.min(this.#bytes.length, (this.state?.size ?? Number.POSITIVE_INFINITY) - this.#offset);
  }

  async #take(answer: RemoteAnswer, first: number): Promise<Uint8Array | null> {
    const { status, headers } = answer;
    if (status === 404 || status === 410) return null;
    if (status === 401 || status === 403) throw this.#file.place.denied(status);
    if (status === 416 && this.#isOpening && first === 0) {
      this.state = { ...stateOf(status, headers), size: 0 };
      return this.#bytes.subarray(0, 0);
    }
    if (status === 416) throw changed(this.#file, `it ends before byte ${first}`);
    if (status !== 200 && status !== 206) throw failed(this.#file, `status ${status}`);
    // Servers of single-page apps answer every unknown address with their page.
    if (this.#isOpening && headers.get('content-type')?.startsWith('text/html')) return null;
    const state = stateOf(status, headers);
    if (this.state && !sameState(this.state, state)) throw changed(this.#file, 'its length or its version is another');
    this.state = this.state?.size == null ? state : this.state;
    if (status === 200) return this.#takeWhole(answer);
    const answered = firstByteOf(headers) ?? first;
    if (answered !== first) throw new PassingFailure(`bytes from ${answered} came, not from ${first}`);
    return this.#receive(answer);
  }

  /** The whole file in place of the range, unless it may have gigabytes. */
  async #takeWhole(answer: RemoteAnswer): Promise<Uint8Array> {
    const bytes = await wholeBody(answer, mostWhole(this.#file));
    if (!bytes) throw withoutRanges(this.#file);
    const told = this.state?.size ?? bytes.length;
    if (told !== bytes.length) throw changed(this.#file, `it has ${bytes.length} bytes, no longer ${told}`);
    this.state = { etag: null, modified: null, ...this.state, size: bytes.length };
    return this.#isOpening ? bytes : bytes.subarray(this.#offset, this.#offset + this.#bytes.length);
  }

  async #receive({ pieces }: RemoteAnswer): Promise<Uint8Array> {
    const wanted = this.#wanted;
    for await (const piece of pieces()) {
      if (this.#received + piece.length > wanted) {
        this.#received = 0;
        throw new PassingFailure('more bytes came than were asked for');
      }
      this.#bytes.set(piece, this.#received);
      this.#received += piece.length;
    }
    // An opening that does not know the length cannot tell a short file from a cut one; the length is asked for then.
    const mayBeShort = this.#isOpening && this.state?.size == null;
    if (this.#received < wanted && !mayBeShort) {
      throw new PassingFailure(`the connection ended after ${this.#received} of ${wanted} bytes`);
    }
    return this.#bytes.subarray(0, this.#received);
  }
}

/** Most bytes of a file that is taken whole where a range was asked for. */
function mostWhole({ name }: RemoteFile): number {
  return name.endsWith('.json') ? MAX_JSON_BYTES : HEAD_BYTES;
}

/**
 * Asks for all of a file, and gives up its body: Content-Length is one of the few headers that pages of other origins may
 * always read. Only of a range it is sure to be that of the file itself: an answer to HEAD may be about its compressed form. A
 * JSON file that comes whole is counted.
 * @param least bytes the file has at least
 */
async function sizeByRange(file: RemoteFile, least: number, signal: AbortSignal | undefined): Promise<number> {
  const { firstPause = DEFAULT_FIRST_PAUSE, token, stall } = file.place;
  const length = await tellFailure(file, () =>
    withRetries(
      async () => {
        const answer = await remoteRequest(file.url, { range: [0, null], token, stall, signal });
        try {
          if (answer.status === 206) return answer.headers.get('content-length');
          const whole = answer.status === 200 ? await wholeBody(answer, mostWhole(file)) : null;
          return whole && String(whole.length);
        } finally {
          await answer.discard();
        }
      },
      { firstPause, signal },
    ),
  );
  if (length !== null && /^\d{1,15}$/.test(length) && Number(length) >= least) return Number(length);
  throw failed(file, 'the server does not tell its length');
}

/** Says what was read and from where, once the tries are used up. */
export async function tellFailure<T>(file: Pick<RemoteFile, 'name' | 'place'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw thrown instanceof PassingFailure ? failed(file, thrown.message, thrown) : thrown;
  }
}

function failed({ name, place }: Pick<RemoteFile, 'name' | 'place'>, reason: string, cause?: unknown): AppError {
  const message = `${name} could not be fetched from ${place.location} (${reason}). Check the connection and the address, then try again: it goes on where it stopped.`;
  return new AppError('PACKAGE_FETCH_FAILED', message, { file: name, location: place.location }, cause);
}

function withoutRanges(file: RemoteFile): AppError {
  return failed(file, 'the server sends whole files only, not ranges of them');
}

function changed({ name, place }: RemoteFile, what: string): AppError {
  const message = `${name} at ${place.location} changed while being read: ${what}. Start again, with the new state of the checkpoint.`;
  return new AppError('CHECKPOINT_CHANGED', message, { file: name, location: place.location });
}
