import { expect, it } from 'vitest';
import { hasCausalProjection } from '../../../src/kosmos2/causal-projection.ts';

it('holds for the versions of transformers whose default attention masks the projection', () => {
  for (const version of ['4.52.4', '4.57.1', '4.57.0.dev0', '5.0.0', '5.13.1']) {
    expect(hasCausalProjection(version), version).toBe(true);
  }
});

it('does not hold for older and newer ones, the published checkpoint, or what is no version', () => {
  for (const version of ['4.36.0.dev0', '4.51.3', '5.23.0', '6.0', '45.2.0', '4', '', undefined, null, 4.57, {}]) {
    expect(hasCausalProjection(version), String(version)).toBe(false);
  }
});
