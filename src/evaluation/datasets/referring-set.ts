import type { NeededFiles } from './file-list.ts';

/** The data sets of referring expressions, by the names of their folders. */
export type ReferringSet = 'refcoco' | 'refcoco+' | 'refcocog';

/**
 * Their authors ship several partitions side by side. Papers report on UNC's, and on UMD's of RefCOCOg, whose parts share no
 * picture (Nagaraja et al. 2016).
 */
const PARTITIONS: Readonly<Record<ReferringSet, string>> = { refcoco: 'unc', 'refcoco+': 'unc', refcocog: 'umd' };

/** Name of the file with the expressions. */
export function referencesFile(set: ReferringSet): string {
  return `refs(${PARTITIONS[set]}).p`;
}

/** What a folder has to hold. */
export function referringFiles(set: ReferringSet): NeededFiles {
  return [[referencesFile(set)], ['instances.json']];
}

/** Whether a path lies in the folder of another of these data sets: the innermost that has the name of one tells. */
export function isOfAnother(set: ReferringSet, path: string): boolean {
  const folders = path.toLowerCase().split('/');
  return (folders.findLast((folder) => Object.hasOwn(PARTITIONS, folder)) ?? set) !== set;
}
