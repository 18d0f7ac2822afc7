import type { Plugin } from 'vite';

/** Chromium compiles all functions of a script that begins so while it is fetched, and not on the page's thread (V8's explicit compile hints). */
export const COMPILE_HINT = '//# allFunctionsCalledOnLoad\n';

/**
 * Marks chunks most of whose functions run before the first answer: compiled one by one as they are called, they keep the page
 * from answering for a quarter of a second in all on a slow processor. Other browsers read a comment.
 * @param chunks their names
 */
export function compiledAtOnce(chunks: readonly string[]): Plugin {
  return {
    name: 'compiled-at-once',
    apply: 'build',
    // Behind Vite, which writes a line of its own before a chunk's first.
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type === 'chunk' && chunks.includes(chunk.name)) chunk.code = COMPILE_HINT + chunk.code;
        }
      },
    },
  };
}
