import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Writes which part of the project how much of each chunk is, in bytes before minification, as
 * `{chunk: {part: bytes}}`: `scripts/check-weight.mjs` names with it what grew.
 * @param file where to; one file for the page and for the workers, which are bundled apart
 */
export function moduleSizes(file: string): () => Plugin {
  const chunks: Record<string, Record<string, number>> = {};
  return () => ({
    name: 'module-sizes',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const parts: Record<string, number> = {};
        for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
          const part = partOf(id);
          parts[part] = (parts[part] ?? 0) + renderedLength;
        }
        chunks[chunk.fileName] = parts;
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(chunks));
    },
  });
}

/** The library or the room of the house that a module belongs to. */
function partOf(id: string): string {
  const library = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
  const room = /\/(src\/ui\/\w+|src\/\w+|workers)\//.exec(id)?.[1];
  return library ?? room ?? 'the build';
}
