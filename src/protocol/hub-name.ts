const PAGE =
  /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\/([\w.-]+\/[\w.-]+)(?:\/(?:tree|blob)\/(refs\/[\w.-]+\/[\w.-]+|(?:[\w.-]|%2F)+)(?:\/[^?#]*)?)?\/?(?:[?#].*)?$/i;
const NAME = /^hf:([A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95})(?:@([\w./-]{1,200}))?$/;
/** What stands in the place of an owner on pages that are of no model. */
const NO_OWNER = /^(?:datasets|spaces|docs|collections|papers|blog|learn|settings|organizations)\//i;

/**
 * The name of a repository of the Hugging Face hub (`hf:owner/name`, `hf:owner/name@revision`) in what a person gives: that
 * name, or the address of the repository's page, or of a file's, as a browser shows it. Null for any other text; one that begins with `hf:` is
 * taken as it is.
 */
export function hubNameOf(text: string): string | null {
  if (text.startsWith('hf:')) return text;
  const [, repository, revision] = PAGE.exec(text) ?? [];
  if (repository === undefined || NO_OWNER.test(repository)) return null;
  return `hf:${repository}${revision === undefined ? '' : `@${revision.replaceAll(/%2F/gi, '/')}`}`;
}

/** Repository and revision in a name that the hub may have; null for any other. */
export function hubNameParts(name: string): { readonly repository: string; readonly revision: string | null } | null {
  const [, repository, revision = null] = NAME.exec(name) ?? [];
  if (repository === undefined || /(^|\/)\.{1,2}(\/|$)/.test(revision ?? '')) return null;
  return { repository, revision };
}

/** Whether a text is written like a repository of the hub, `owner/name`; a folder may be too. */
export function isRepository(text: string): boolean {
  return /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/.test(text);
}
