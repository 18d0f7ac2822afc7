/** Paths in `dist` of the scripts without which no browser can ask for the wasm, by who loads them. */
export function scriptsBeforeWasm(dist: string): {
  readonly page: readonly string[];
  readonly worker: readonly string[];
  /** The larger of the two onnxruntime-web modules, and what it imports. */
  readonly runtime: readonly string[];
};
