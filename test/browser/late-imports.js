// Vitest wraps late imports in a function of the page's, which it gives to a worker's own script, but behind what that one imports.
globalThis.__vitest_browser_runner__ = { wrapDynamicImport: (load) => load() };
