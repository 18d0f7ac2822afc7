// Puts what src/tensors/int8-turn.wat says into int8-turn-wasm.ts, as the bytes of a WebAssembly module: npm run wat.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import wabt from 'wabt';

const folder = new URL('../src/tensors/', import.meta.url);

/** The module that the text says, in base64. */
export async function assembled(): Promise<string> {
  const { parseWat } = await wabt();
  const module = parseWat('int8-turn.wat', readFileSync(new URL('int8-turn.wat', folder), 'utf8'), { simd: true });
  module.validate();
  return Buffer.from(module.toBinary({}).buffer).toString('base64');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(
    new URL('int8-turn-wasm.ts', folder),
    `/** int8-turn.wat as a WebAssembly module, in base64 (\`npm run wat\`). */\nexport const INT8_TURN =\n  '${await assembled()}';\n`,
  );
}
