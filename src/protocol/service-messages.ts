/** Name of the cache that holds the onnxruntime wasm this browser uses. */
export const RUNTIME_CACHE = 'kosmos2-runtime';

/** Pictures another app may share at once. */
export const MOST_SHARED = 32;

/** What the page is opened with after another app shared pictures: all of them are there, or only some. */
export type Shared = 'all' | 'some';

/** Page to service worker; each comes with a port for its one answer. */
export type ServiceRequest =
  /** Keeps the wasm at this address, no other of its build, and fetches what is gone of the rest; the answer says whether the page now works without a network. */
  | { readonly type: 'keep-runtime'; readonly url: string }
  /** Asks a waiting version to take over; it does unless other windows still use the version before. */
  | { readonly type: 'update' }
  /** Asks a waiting version which other windows still use the version before. */
  | { readonly type: 'count-windows' }
  /** Takes the pictures that were shared to the app. */
  | { readonly type: 'take-pictures' };

/** Service worker to page, by the request it answers. */
export interface ServiceReplies {
  readonly 'keep-runtime': { readonly offline: boolean };
  readonly update: { readonly otherWindows: number };
  readonly 'count-windows': { readonly otherWindows: number };
  readonly 'take-pictures': { readonly pictures: readonly File[] };
}

/** In place of an answer, where there is none. */
export interface ServiceFailure {
  readonly failed: string;
}
