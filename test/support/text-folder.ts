import type { DataFolder } from '../../src/evaluation/datasets/data-folder.ts';

/** A folder of a data set in memory. */
export function textFolder(files: Readonly<Record<string, string | Uint8Array>>): DataFolder {
  return {
    names: Object.keys(files),
    async bytes(name) {
      const content = files[name];
      if (content === undefined) throw new Error(`There is no ${name}.`);
      return new Uint8Array(typeof content === 'string' ? new TextEncoder().encode(content) : content);
    },
  };
}
