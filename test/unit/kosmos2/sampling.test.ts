import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../../src/kosmos2/random.ts';
import {
  argMax,
  type LogitsSummary,
  nucleus,
  nucleusSize,
  Sampler,
  TOTAL_ERROR,
} from '../../../src/kosmos2/sampling.ts';

const greedy = { temperature: 0, topP: 1, seed: 0 };
const LOW = Number.NEGATIVE_INFINITY;

describe('greedy choice', () => {
  it('takes the largest, the first of equals', () => {
    expect(argMax(Float32Array.of(1, 3, 2, 3))).toBe(1);
    expect(argMax(Float32Array.of(LOW, -5, LOW))).toBe(1);
  });

  it('says the probability at temperature 1 of what the mask left', () => {
    const { id, probability } = new Sampler(greedy).choose(Float32Array.of(0, LOW, Math.log(3), LOW));
    expect(id).toBe(2);
    expect(probability).toBeCloseTo(0.75, 6);
  });

  it('is stable for logits of any size', () => {
    for (const shift of [-1e30, -1e4, 0, 1e4, 1e30]) {
      const { probability } = new Sampler(greedy).choose(Float32Array.of(shift, shift));
      expect(probability).toBe(0.5);
    }
  });

  it('refuses logits without a usable number', () => {
    for (const logits of [Float32Array.of(LOW, LOW), Float32Array.of(1, Number.NaN), new Float32Array(0)]) {
      expect(() => new Sampler(greedy).choose(logits)).toThrowError('no usable probabilities');
    }
  });
});

describe('sampling', () => {
  const logits = Float32Array.from([0.1, 0.5, 0.15, 0.05, 0.2], Math.log);

  it('gives the same tokens for the same seed, others for another', () => {
    const draw = (seed: number) => {
      const sampler = new Sampler({ temperature: 1, topP: 1, seed });
      return Array.from({ length: 50 }, () => sampler.choose(logits).id);
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it.each([
    [1, [0.1, 0.5, 0.15, 0.05, 0.2]],
    [0.5, [0.01, 0.25, 0.0225, 0.0025, 0.04]],
  ])('at temperature %d draws as often as it should', (temperature, weights) => {
    const sampler = new Sampler({ temperature, topP: 1, seed: 1 });
    const counts = [0, 0, 0, 0, 0];
    for (let n = 0; n < 20_000; n += 1) {
      const { id } = sampler.choose(logits);
      counts[id] = (counts[id] ?? 0) + 1;
    }
    const total = weights.reduce((sum, weight) => sum + weight);
    counts.forEach((count, id) => {
      expect(count / 20_000).toBeCloseTo((weights[id] ?? 0) / total, 1.7);
    });
  });

  it('says the probability at temperature 1, whatever the temperature', () => {
    const sampler = new Sampler({ temperature: 5, topP: 0.9, seed: 1 });
    for (let n = 0; n < 50; n += 1) {
      const { id, probability } = sampler.choose(logits);
      expect(Math.log(probability)).toBeCloseTo(logits[id] ?? 0, 5);
    }
  });

  it('with an immeasurably low temperature is greedy', () => {
    const sampler = new Sampler({ temperature: 1e-300, topP: 1, seed: 1 });
    expect(sampler.choose(logits).id).toBe(1);
  });

  it('never draws what a rule forbids', () => {
    const masked = logits.slice();
    masked[1] = LOW;
    const sampler = new Sampler({ temperature: 3, topP: 1, seed: 1 });
    for (let n = 0; n < 500; n += 1) expect(sampler.choose(masked).id).not.toBe(1);
  });
});

describe('the nucleus', () => {
  const weights = Float64Array.of(1, 5, 1.5, 0.5, 2);

  it.each([
    [0.1, [1]],
    [0.5, [1]],
    [0.51, [1, 4]],
    [0.7, [1, 4]],
    [0.8, [1, 2, 4]],
    [0.99, [0, 1, 2, 3, 4]],
    [1, [0, 1, 2, 3, 4]],
  ])('of %d is the fewest most probable tokens that reach it', (topP, ids) => {
    expect(nucleus(weights, 10, topP)).toEqual(ids);
  });

  it('takes the first of equals', () => {
    expect(nucleus(Float64Array.of(1, 2, 2, 2, 2, 1), 10, 0.5)).toEqual([1, 2, 3]);
  });

  it('is the same as by the definition of transformers, over a large vocabulary', () => {
    const random = mulberry32(9);
    const many = Float64Array.from({ length: 5000 }, () => Math.exp(6 * random()));
    const total = many.reduce((sum, weight) => sum + weight);
    for (const topP of [0.05, 0.5, 0.9, 0.999]) {
      // Ascending; what lies within the lowest 1 - top_p of the sum goes, the last always stays.
      const ascending = [...many.keys()].sort((a, b) => (many[a] ?? 0) - (many[b] ?? 0));
      let sum = 0;
      const kept = ascending.filter((id, at) => {
        sum += (many[id] ?? 0) / total;
        return sum > 1 - topP || at === ascending.length - 1;
      });
      expect(nucleus(many, total, topP)).toEqual(kept.sort((a, b) => a - b));
    }
  });

  it('over the real vocabulary costs less than a tenth of a second a token, even where all are alike', () => {
    const random = mulberry32(2);
    const logits = Float32Array.from({ length: 65_037 }, () => random());
    const sampler = new Sampler({ temperature: 0.7, topP: 0.9, seed: 3 });
    const before = process.cpuUsage();
    for (let n = 0; n < 20; n += 1) sampler.choose(logits);
    expect(process.cpuUsage(before).user / 1e3 / 20).toBeLessThan(100);
  });
});

describe('mulberry32', () => {
  it('is the published generator', () => {
    const random = mulberry32(0);
    // First outputs of the C version by Tommy Ettinger for state 0, as 32-bit integers.
    expect(Array.from({ length: 3 }, () => random() * 2 ** 32)).toEqual([1144304738, 1416247, 958946056]);
  });

  it('spreads evenly over 0..1', () => {
    const random = mulberry32(123);
    const bins = new Array<number>(10).fill(0);
    for (let n = 0; n < 10_000; n += 1) {
      const bin = Math.floor(random() * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    for (const count of bins) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('a choice from a summary', () => {
  const random = mulberry32(4);

  /** What a GPU would tell: sums in float32, and the `most` largest, or more where they tie. */
  function summaryOf(logits: Float32Array, temperature: number, most: number): LogitsSummary {
    const max = Math.max(...logits);
    const sum = (by: number) => Math.fround(logits.reduce((total, logit) => total + Math.exp((logit - max) / by), 0));
    const least = logits.slice().sort().at(-most) ?? LOW;
    const ids = Uint32Array.from([...logits.keys()].filter((id) => (logits[id] ?? LOW) >= least).reverse());
    return {
      best: argMax(logits),
      max,
      total: sum(1),
      totalAtTemperature: sum(temperature || 1),
      ids,
      logits: Float32Array.from(ids, (id) => logits[id] ?? LOW),
    };
  }

  it.each([
    { temperature: 0, topP: 1 },
    { temperature: 0.7, topP: 0.9 },
    { temperature: 2, topP: 0.3 },
  ])('is the choice from all logits, or none at all: $temperature, $topP', (options) => {
    let told = 0;
    for (let seed = 0; seed < 300; seed += 1) {
      // Rounded, so that many are equal.
      const logits = Float32Array.from({ length: 200 }, () => Math.round(random() ** 3 * 40) / 2);
      const choice = new Sampler({ ...options, seed }).chooseFrom(summaryOf(logits, options.temperature, 20));
      if (choice === null) continue;
      told += 1;
      const wanted = new Sampler({ ...options, seed }).choose(logits);
      expect(choice.id).toBe(wanted.id);
      expect(choice.probability).toBeCloseTo(wanted.probability, 5);
    }
    expect(told).toBeGreaterThan(options.temperature === 2 ? 50 : 100);
  });

  it('is none where every token may be drawn, where the candidates run out, and where a sum is not usable', () => {
    const logits = Float32Array.from({ length: 50 }, () => random());
    const summary = summaryOf(logits, 1, 5);
    expect(new Sampler({ temperature: 1, topP: 1, seed: 1 }).chooseFrom(summary)).toBeNull();
    expect(new Sampler({ temperature: 1, topP: 0.9, seed: 1 }).chooseFrom(summary)).toBeNull();
    expect(new Sampler(greedy).chooseFrom({ ...summary, total: Number.NaN })).toBeNull();
  });

  it('is not asked for where it is so cold that the sums could overflow', () => {
    const wants = (temperature: number) => new Sampler({ temperature, topP: 0.5, seed: 1 }).wants;
    expect(wants(0.001)).toBe('all');
    expect(wants(0.01)).toBe('largest');
  });

  it('is none where the error of the sum could let one more or one less in', () => {
    expect(nucleusSize([0.5, 0.3, 0.2], 1, 0.6)).toBe(2);
    expect(nucleusSize([0.5, 0.3, 0.2], 1, 0.8)).toBeNull();
    expect(nucleusSize([0.5, 0.3, 0.2], 1, 0.5 + TOTAL_ERROR / 2)).toBeNull();
    expect(nucleusSize([0.5, 0.3, 0.2], 1, 0.5 - TOTAL_ERROR / 2)).toBeNull();
  });
});
