/** The address of a wasm file, as the bundler has placed it. */
declare module '*.wasm?url' {
  const url: string;
  export default url;
}
