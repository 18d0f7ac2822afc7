/** What tells one state of a file on a server from another; null where a site hides it from pages of other origins. */
export interface FileState {
  readonly size: number | null;
  readonly etag: string | null;
  readonly modified: string | null;
}

/** What an answer with a part of a file says about the whole. */
export function stateOf(status: number, headers: Headers): FileState {
  return {
    // The length of a whole file's answer may be that of its compressed form: only a part's total is to be trusted.
    size: status === 206 ? totalOf(headers) : null,
    // A weak tag marks the same content in another form.
    etag: headers.get('etag')?.replace(/^W\//, '') ?? null,
    modified: headers.get('last-modified'),
  };
}

/** First byte of a part, null where it is hidden. */
export function firstByteOf(headers: Headers): number | null {
  const [, first] = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '') ?? [];
  return first === undefined ? null : Number(first);
}

function totalOf(headers: Headers): number | null {
  const [, total] = /^bytes \d+-\d+\/(\d{1,15})$/.exec(headers.get('content-range') ?? '') ?? [];
  return total === undefined ? null : Number(total);
}

/** Whether two answers can be about the same state: everything both of them tell is equal. */
export function sameState(a: FileState, b: FileState): boolean {
  const differ = (x: unknown, y: unknown) => x !== null && y !== null && x !== y;
  if (differ(a.size, b.size) || differ(a.etag, b.etag)) return false;
  // Servers behind one address agree on tags more often than on times.
  return a.etag !== null && b.etag !== null ? true : !differ(a.modified, b.modified);
}
