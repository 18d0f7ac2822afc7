/**
 * A name under which a model can be stored, from any text, e.g. that of a repository.
 * @returns 1 to 64 of its letters, digits, dots and dashes, in lower case
 */
export function modelName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .slice(0, 64)
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  return name || 'model';
}
