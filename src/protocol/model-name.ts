/** Characters of a name, at most. */
const MOST = 64;

/**
 * A name under which a model can be stored, from any text, e.g. that of a repository.
 * @returns 1 to 64 of its letters, digits, dots and dashes, in lower case
 */
export function modelName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .slice(0, MOST)
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  return name || 'model';
}

/** The name of one of several ways or copies of a model, in as many characters as a name has. */
export function modelNameWith(base: string, suffix: string): string {
  return modelName(base.slice(0, MOST - suffix.length)) + suffix;
}
