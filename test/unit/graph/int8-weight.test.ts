import { expect, it } from 'vitest';
import { int8Weight } from '../../../src/graph/int8-weight.ts';
import { storedReader } from '../../../src/runtime/session.ts';
import type { StoredTensor, Weight } from '../../../src/tensors/weight-index.ts';
import { openFixture } from '../../support/packages.ts';

it.each(['codes first', 'scales first'])(
  'a weight is read and made once whatever is asked for first: %s',
  async (order) => {
    const { weights, shards } = await openFixture('demo-model', 'q4');
    const weight = weights.get('text_model.model.layers.0.ffn.fc1.weight') as Weight;
    const stored = storedReader(shards);
    const reads: string[] = [];
    const read = (tensor: StoredTensor) => {
      reads.push(tensor.name);
      return stored(tensor);
    };
    const expected = int8Weight(weight, { groups: 1, panel: 32 });
    const [codes, scales] = [expected.codes.make(stored).slice(), expected.scales.make(stored).slice()];
    const asked = int8Weight(weight, { groups: 1, panel: 32 });
    const parts = order === 'codes first' ? [asked.codes, asked.scales] : [asked.scales, asked.codes];
    for (const part of parts) {
      const made = part.make(read);
      expect(made).toHaveLength(part.byteLength);
      expect(made).toEqual(part === asked.codes ? codes : scales);
    }
    expect(reads).toHaveLength(2);
    expect(new Set(reads).size).toBe(2);
  },
);
