import { expect, it } from 'vitest';
import { assembled } from '../../../scripts/make-wat.ts';
import { INT8_TURN } from '../../../src/tensors/int8-turn-wasm.ts';

it('the module that is shipped is what int8-turn.wat says (npm run wat)', async () => {
  expect(INT8_TURN).toBe(await assembled());
});
