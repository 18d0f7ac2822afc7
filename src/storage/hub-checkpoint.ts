import type { CheckpointFiles } from '../package/checkpoint-files.ts';
import { parseJsonObject } from '../package/parse-json.ts';
import { AppError } from '../protocol/errors.ts';
import { hubNameParts } from '../protocol/hub-name.ts';
import { openRemoteFile, type RemotePlace, tellFailure } from './remote-file.ts';
import { remoteRequest } from './remote-request.ts';
import { DEFAULT_FIRST_PAUSE, withRetries } from './retry.ts';
import { OWN_HOSTS, webFolder } from './web-folder.ts';
import { wholeBody } from './whole-body.ts';

export const HUB_ENDPOINT = 'https://huggingface.co';

/** What the hub says of a repository is a few kB, with thousands of files a MB. */
const MAX_INFO_BYTES = 8_000_000;

/** A repository of the hub, at a branch, tag or commit. */
export interface HubName {
  /** `owner/name`. */
  readonly repository: string;
  readonly revision: string;
}

export interface HubOptions {
  /** A mirror, HUB_ENDPOINT by default. */
  readonly endpoint?: string | undefined;
  /** Access token. Kept in memory and sent to the endpoint's own origin alone. */
  readonly token?: string | undefined;
  /** Milliseconds before a failed request is tried again. */
  readonly firstPause?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A checkpoint on the hub, at one commit: what is read later cannot be another state. */
export interface HubCheckpoint extends CheckpointFiles {
  readonly repository: string;
  /** Commit, 40 hexadecimal digits. */
  readonly commit: string;
  /** Address of the folder its files lie in, ending in `/`. */
  readonly folder: string;
  /** SPDX identifier the repository's card states, where it is one this project knows. */
  readonly licence: string | null;
}

/** The card's names of licences a KOSMOS-2 checkpoint may have. */
const SPDX: Readonly<Record<string, string>> = { mit: 'MIT', 'apache-2.0': 'Apache-2.0', 'cc-by-4.0': 'CC-BY-4.0' };

/**
 * Reads `hf:owner/name` or `hf:owner/name@revision`; null for any other text.
 * @throws AppError OPTION_INVALID where it begins with `hf:` and goes on as no repository's name
 */
export function parseHubName(text: string): HubName | null {
  if (!text.startsWith('hf:')) return null;
  const parts = hubNameParts(text);
  if (parts) return { repository: parts.repository, revision: parts.revision ?? 'main' };
  const message = `${JSON.stringify(text.slice(0, 200))} names no repository of the hub; write it like hf:microsoft/kosmos-2-patch14-224 or hf:owner/name@revision.`;
  throw new AppError('OPTION_INVALID', message, { repository: text.slice(0, 200) });
}

/**
 * Opens a checkpoint on the Hugging Face hub or a mirror of it: asks for the commit behind the revision and reads its
 * files from there on, wherever the hub redirects to.
 * @throws AppError CHECKPOINT_DENIED, PACKAGE_FILE_MISSING where there is no such repository or revision,
 * PACKAGE_FETCH_FAILED, OPTION_INVALID; the reason of the signal once it aborts
 */
export async function hubCheckpoint(
  { repository, revision }: HubName,
  options: HubOptions = {},
): Promise<HubCheckpoint> {
  const { token, firstPause, signal } = options;
  const endpoint = webFolder(options.endpoint ?? HUB_ENDPOINT);
  const page = new URL(repository, endpoint).href;
  if (token) {
    checkToken(token, page);
    checkConfidential(endpoint);
  }
  const place = { location: page, token, firstPause, denied: (status: number) => denied(page, status, token) };
  const info = await readInfo(new URL(`api/models/${repository}/revision/${encodeURIComponent(revision)}`, endpoint), {
    ...place,
    location: `${page} at ${revision}`,
    signal,
  });
  const { sha: commit, cardData } = info;
  if (typeof commit !== 'string' || !/^[0-9a-f]{40}$/.test(commit)) {
    const message = `${endpoint.href} names no commit for ${repository} at ${revision}. Check the endpoint's address.`;
    throw new AppError('PACKAGE_FETCH_FAILED', message, { repository, revision });
  }
  const files = new URL(`${repository}/resolve/${commit}/`, endpoint);
  const card = typeof cardData === 'object' && cardData !== null ? (cardData as Record<string, unknown>) : {};
  return {
    location: `${page} at ${commit}`,
    repository,
    commit,
    folder: files.href,
    licence: (typeof card.license === 'string' ? SPDX[card.license] : null) ?? null,
    open: (name, signal) => openRemoteFile({ url: new URL(encodeURIComponent(name), files), name, place }, signal),
  };
}

/** What the hub says of a repository at a revision. */
async function readInfo(
  url: URL,
  place: RemotePlace & { readonly signal: AbortSignal | undefined },
): Promise<Record<string, unknown>> {
  const { token, firstPause = DEFAULT_FIRST_PAUSE, signal, location } = place;
  const name = 'The description of the repository';
  const bytes = await tellFailure({ name, place }, () =>
    withRetries(
      async () => {
        const answer = await remoteRequest(url, { token, signal });
        try {
          if (answer.status === 401 || answer.status === 403) throw place.denied(answer.status);
          if (answer.status !== 200) throw missing(location, answer.status);
          const body = await wholeBody(answer, MAX_INFO_BYTES);
          if (!body) throw missing(location, `more than ${MAX_INFO_BYTES} bytes`);
          return body;
        } finally {
          await answer.discard();
        }
      },
      { firstPause, signal },
    ),
  );
  return parseJsonObject(name, bytes);
}

/** One with other characters, as a space or a letter of another script, no request can bear. */
function checkToken(token: string, page: string): void {
  const at = token.search(/[^\x21-\x7e]/) + 1;
  if (at === 0) return;
  const message = `Character ${at} of the access token for ${page} cannot be in one: unaccented letters, digits and symbols only, no spaces. Copy the token again.`;
  throw new AppError('CHECKPOINT_DENIED', message, { page, at });
}

/** A token over plain http could be read by anyone on the way; to the own machine it does not travel. */
function checkConfidential(endpoint: URL): void {
  if (endpoint.protocol === 'https:' || OWN_HOSTS.has(endpoint.hostname)) return;
  const message = `A token is sent over https only, and ${endpoint.origin} is not; give the endpoint's https address, or no token.`;
  throw new AppError('OPTION_INVALID', message, { endpoint: endpoint.origin });
}

function missing(location: string, what: number | string): AppError {
  const message = `There is no ${location} (${typeof what === 'number' ? `status ${what}` : what}). Check the repository's name and the revision.`;
  return new AppError('PACKAGE_FILE_MISSING', message, { location });
}

/** The hub answers 401 for repositories that are private or not there, 403 for those whose terms are to be accepted first. */
function denied(page: string, status: number, token: string | undefined): AppError {
  let message = `${page} is gated: accept its terms there, then try again with an access token of the account that did.`;
  if (status === 401 && token)
    message = `${page} refuses the access token. Check that it is valid and may read this repository.`;
  else if (status === 401)
    message = `${page} needs an access token, or does not exist. Check the name, or give a token that may read it.`;
  return new AppError('CHECKPOINT_DENIED', message, { status, page });
}
