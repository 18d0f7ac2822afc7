import { AppError } from '../protocol/errors.ts';

/** Buckets answer with 403 where nobody may list them. */
const MISSING: readonly number[] = [403, 404, 410];

/**
 * The failure of a script of the runtime (script-lost.ts) whose host does not have a file of it; null where it does, or does
 * not say.
 * @param file its absolute address
 */
export async function fileMissing(script: string, file: string): Promise<AppError | null> {
  // A service worker leaves it to the host.
  const head = await fetch(file, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  if (head === null) return null;
  const type = head.headers.get('content-type') ?? '';
  // Many hosts have a page in place of what they have not.
  if (!MISSING.includes(head.status) && !(head.ok && type.startsWith('text/html'))) return null;
  const answer = `HTTP ${head.status} ${type}`.trim();
  const sentence = `A file of the runtime (${script}), ${file}, is not on its host (${answer}). Load the page again; if that does not help, tell those who run this site: only they can put it there.`;
  return new AppError('WORKER_LOST', sentence, { script, file, answer });
}
