/** Files of which each has to be there, in one of these names. */
export type NeededFiles = readonly (readonly [string, ...string[]])[];

/** Files in words: "a and b or c". */
export function fileList(files: NeededFiles, language: string): string {
  const either = new Intl.ListFormat(language, { type: 'disjunction' });
  return new Intl.ListFormat(language).format(files.map((names) => either.format(names)));
}
