import { AppError } from '../protocol/errors.ts';
import { isRefused } from './refused-connections.ts';
import { PassingFailure } from './retry.ts';

/** A connection on which nothing came for so long is as good as cut. */
const STALL_MILLISECONDS = 60_000;
/** A server that asks for more patience than this gets asked again anyway. */
const MAX_WAIT = 120_000;
/** Answers that may be others next time: timeout, too early, too many requests, and every fault of the server. */
const PASSING_STATUS = new Set([408, 425, 429]);

/** Tries at an origin that has never let this page read an answer: it may have to be found out soon. */
const FIRST_TRIES = 3;

/** Origins whose answers could be read. */
const answered = new Set<string>();

export interface RemoteRequest {
  /** First and last byte wanted, the last of the file where it is null; the whole file, by no range, by default. */
  readonly range?: readonly [first: number, last: number | null] | undefined;
  /** Goes to the origin of the address alone: fetch takes Authorization away from a redirect to another one. */
  readonly token?: string | undefined;
  /** Milliseconds without a byte after which the connection is given up, a minute by default. */
  readonly stall?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An answer of a server; its body is read piece by piece. */
export interface RemoteAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body; a connection that breaks or stalls is a PassingFailure. */
  pieces(): AsyncGenerator<Uint8Array, void, void>;
  /** Gives up an answer whose body is not wanted. */
  discard(): Promise<void>;
}

/**
 * One request, without a retry. A single plain range and no other header keep it free of a CORS preflight (`If-Range`
 * is not safelisted), and nothing is kept in the browser's cache, which 6.7 GB would flush.
 * @throws PassingFailure for network errors, stalls and busy servers; AppError PACKAGE_FETCH_FAILED where this site's policy
 * forbids it; the reason of `signal` once it aborts
 */
export async function remoteRequest(url: URL, request: RemoteRequest): Promise<RemoteAnswer> {
  const { range, token, stall = STALL_MILLISECONDS, signal } = request;
  const stalled = new AbortController();
  let timer = setTimeout(() => stalled.abort(), stall);
  const headers = new Headers();
  if (range) headers.set('Range', `bytes=${range[0]}-${range[1] ?? ''}`);
  if (token) headers.set('Authorization', `Bearer ${token}`);
  let response: Response;
  try {
    response = await fetch(url, {
      headers,
      cache: 'no-store',
      // Cookies go to the page's own site alone, which may hand its model to those who have logged in there.
      credentials: 'same-origin',
      referrerPolicy: 'no-referrer',
      signal: signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal,
    });
  } catch (thrown) {
    clearTimeout(timer);
    if (await isRefused(url)) throw refused(url, thrown);
    throw signal?.aborted || !isUnknown(url) ? passing(thrown, signal) : unanswered(thrown);
  }
  answered.add(url.origin);
  const { status, body } = response;
  async function discard(): Promise<void> {
    clearTimeout(timer);
    await body?.cancel().catch(() => {});
  }
  if (status >= 500 || PASSING_STATUS.has(status)) {
    await discard();
    throw new PassingFailure(`status ${status}`, waitOf(response.headers.get('retry-after')));
  }
  async function* pieces() {
    const reader = body?.getReader();
    try {
      for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
        clearTimeout(timer);
        timer = setTimeout(() => stalled.abort(), stall);
        yield piece.value;
      }
    } catch (thrown) {
      throw passing(thrown, signal);
    } finally {
      clearTimeout(timer);
      // Left before the end: the rest need not travel.
      await reader?.cancel().catch(() => {});
    }
  }
  return { status, headers: response.headers, pieces, discard };
}

/** fetch says no more than "failed" for no network, no such host, a broken connection and a refused origin. */
function passing(thrown: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  const { message, cause } = thrown instanceof Error ? thrown : new Error(String(thrown));
  // Node tells the true reason underneath.
  const reason = cause instanceof Error ? cause.message : message;
  return new PassingFailure(reason, 0, thrown);
}

/** Whether this is a page, and nothing of that origin was ever read by it: then it may be one that pages cannot read. */
function isUnknown({ origin }: URL): boolean {
  const page: { readonly origin: string } | undefined = globalThis.location;
  return page !== undefined && page.origin !== origin && !answered.has(origin);
}

function unanswered(cause: unknown): PassingFailure {
  const reason =
    'no answer came: there is no connection or no such server, or it lets pages of other sites read nothing (CORS)';
  return new PassingFailure(reason, 0, cause, FIRST_TRIES);
}

/** No page is told whether it is this address that is forbidden, or one that it leads to. */
function refused({ origin }: URL, cause: unknown): AppError {
  const message = `The policy of this site (Content-Security-Policy) forbids its pages to connect to ${origin}, or to where that leads. Get the model from another place, or ask those who run this site to allow it.`;
  return new AppError('PACKAGE_FETCH_FAILED', message, { origin }, cause);
}

/** Milliseconds of a Retry-After header, which is in seconds or a date. */
function waitOf(header: string | null): number {
  if (header === null) return 0;
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(milliseconds) ? 0 : Math.max(0, Math.min(MAX_WAIT, milliseconds));
}
