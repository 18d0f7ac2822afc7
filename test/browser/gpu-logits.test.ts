import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LogitsProcessor } from '../../src/kosmos2/logits-processor.ts';
import type { Prompt } from '../../src/kosmos2/prompt.ts';
import { mulberry32 } from '../../src/kosmos2/random.ts';
import { Sampler, TOTAL_ERROR } from '../../src/kosmos2/sampling.ts';
import type { SpecialTokens } from '../../src/kosmos2/special-tokens.ts';
import type { GenerationEvent } from '../../src/protocol/generation.ts';
import { requestAdapter } from '../../src/protocol/request-adapter.ts';
import type { Backend } from '../../src/runtime/backend.ts';
import { browserBackends } from '../../src/runtime/browser-backend.ts';
import { Engine } from '../../src/runtime/engine.ts';
import { GpuLogits } from '../../src/runtime/gpu-logits.ts';
import { loadOrt } from '../../src/runtime/load-ort.ts';
import { HostLogits } from '../../src/runtime/next-logits.ts';
import { openParts } from '../../src/runtime/open-engine.ts';
import { createCodec } from '../../src/runtime/tokenizer.ts';
import { fixturePicture, openFixture } from './fixture-packages.ts';

const VOCABULARY = 65_037;
/** Ids of the full model's vocabulary. */
const specials: SpecialTokens = {
  bos: 0,
  pad: 1,
  eos: 2,
  unk: 3,
  image: 64_003,
  endImage: 64_004,
  phrase: 64_007,
  endPhrase: 64_008,
  object: 64_009,
  endObject: 64_010,
  delimiter: 64_011,
  grounding: 64_012,
  firstPatch: 64_013,
  firstImageSlot: 4,
  byContent: new Map(),
};

describe('logits on the GPU', () => {
  let device: GPUDevice;
  let gpu: GpuLogits;

  beforeAll(async () => {
    const adapter = await requestAdapter();
    device = (await adapter?.requestDevice()) as GPUDevice;
    gpu = await GpuLogits.create((await loadOrt()).ort, device, VOCABULARY);
  });

  afterAll(() => {
    gpu.dispose();
    device.destroy();
  });

  /** The same logits in both places. */
  function placed(logits: Float32Array) {
    device.queue.writeBuffer(gpu.tensor.gpuBuffer as GPUBuffer, 0, logits);
    return [gpu, new HostLogits(logits.slice())] as const;
  }

  const random = mulberry32(11);
  const scattered = (scale: number) => Float32Array.from({ length: VOCABULARY }, () => (random() - 0.5) * scale);
  /** One of a few values each: ties everywhere. */
  const tied = (values: number) => Float32Array.from({ length: VOCABULARY }, () => Math.floor(random() * values) - 3);
  /** As a model's: a few candidates far above the rest. */
  const peaked = () => {
    const logits = scattered(8);
    for (let n = 0; n < 300; n += 1) logits[Math.floor(random() * VOCABULARY)] = 8 + random() * 4;
    return logits;
  };
  const twice = (logits: Float32Array, value: number) => {
    for (const id of [60_000, 17, 300]) logits[id] = value;
    return logits;
  };
  const cases: Readonly<Record<string, () => Float32Array>> = {
    'a few far above the rest': peaked,
    'scattered over 20': () => scattered(20),
    'the largest three times': () => twice(scattered(20), 11),
    'zero and minus zero at the top': () => {
      const logits = scattered(1).map((value) => value - 1);
      logits[9] = -0;
      logits[8] = 0;
      logits[7] = -0;
      return logits;
    },
    'one of 5 values each': () => tied(5),
    'all alike': () => new Float32Array(VOCABULARY).fill(-2),
    'around 1e30': () => scattered(1e30),
  };
  const samplers = [
    { temperature: 0, topP: 1, seed: 0 },
    { temperature: 0.7, topP: 0.9, seed: 5 },
    { temperature: 1.5, topP: 0.5, seed: 6 },
    { temperature: 0.7, topP: 1, seed: 7 },
    { temperature: 1e-300, topP: 0.9, seed: 8 },
  ];

  it.each(Object.entries(cases))('%s: every choice is the one made from an array of them', async (_, make) => {
    for (const options of samplers) {
      const [here, there] = [new Sampler(options), new Sampler(options)];
      for (let n = 0; n < 4; n += 1) {
        const [onGpu, onHost] = placed(make());
        // The last three tokens were there before, so one continuation is forbidden.
        const history = [5, 6, 17, 5, 6, 300, 5, 6];
        const rules = new LogitsProcessor(history, specials, { noRepeatNgramSize: 3, grammar: true });
        const chosen = await onGpu.choose(rules, here, n > 1);
        const wanted = await onHost.choose(rules, there, n > 1);
        expect(chosen.id, JSON.stringify(options)).toBe(wanted.id);
        expect(Math.abs(chosen.probability - wanted.probability)).toBeLessThanOrEqual(TOTAL_ERROR * wanted.probability);
        const top = chosen.probabilities?.top(5);
        expect(top?.map(({ id }) => id)).toEqual(wanted.probabilities?.top(5).map(({ id }) => id));
        for (const [index, { probability }] of (wanted.probabilities?.top(5) ?? []).entries()) {
          expect(top?.[index]?.probability).toBeCloseTo(probability, 4);
        }
      }
    }
  });

  it('a location that comes where none is begun has the heat map of the plain path', async () => {
    const logits = peaked();
    logits[specials.firstPatch + 77] = 20;
    const [onGpu, onHost] = placed(logits);
    const rules = new LogitsProcessor([5, 6], specials, { noRepeatNgramSize: 3, grammar: true });
    const sampler = () => new Sampler({ temperature: 0, topP: 1, seed: 0 });
    const chosen = await onGpu.choose(rules, sampler(), true);
    const wanted = await onHost.choose(rules, sampler(), true);
    expect(chosen.id).toBe(specials.firstPatch + 77);
    expect(chosen.probabilities?.locations(specials.firstPatch)).toEqual(
      wanted.probabilities?.locations(specials.firstPatch),
    );
  });

  it('where the best ones are forbidden, takes the best of the others; where hundreds are, too', async () => {
    for (const forbidden of [1, 3, 64, 65, 400]) {
      const logits = scattered(10);
      const best = [...logits.keys()].sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0)).slice(0, forbidden);
      const history = [...best.flatMap((id) => [1000, id]), 1000];
      const rules = new LogitsProcessor(history, specials, { noRepeatNgramSize: 2, grammar: true });
      const [onGpu, onHost] = placed(logits);
      const greedy = () => new Sampler({ temperature: 0, topP: 1, seed: 0 });
      const chosen = await onGpu.choose(rules, greedy(), false);
      expect(best).not.toContain(chosen.id);
      expect(chosen.id).toBe((await onHost.choose(rules, greedy(), false)).id);
    }
  });

  it('inside a location chooses among the allowed cells, with exactly the probability of the plain path', async () => {
    const { object, firstPatch, endObject, delimiter } = specials;
    const histories = [
      [object],
      [object, firstPatch + 500],
      [object, firstPatch + 1023],
      [object, firstPatch + 3, firstPatch + 40],
    ];
    for (const history of histories) {
      for (const options of samplers) {
        const rules = new LogitsProcessor(history, specials, { noRepeatNgramSize: 3, grammar: true });
        const [onGpu, onHost] = placed(peaked());
        const chosen = await onGpu.choose(rules, new Sampler(options), true);
        const wanted = await onHost.choose(rules, new Sampler(options), true);
        expect(chosen.id).toBe(wanted.id);
        expect(chosen.probability).toBe(wanted.probability);
        expect(chosen.probabilities?.top(5)).toEqual(wanted.probabilities?.top(5));
        expect(chosen.probabilities?.locations(firstPatch)).toEqual(wanted.probabilities?.locations(firstPatch));
        expect(chosen.id >= firstPatch || [endObject, delimiter].includes(chosen.id)).toBe(true);
      }
    }
  });

  it('what is no number is refused as on the plain path', async () => {
    const rules = new LogitsProcessor([], specials, { noRepeatNgramSize: 3, grammar: true });
    for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const logits = scattered(4);
      logits[40_000] = broken;
      const [onGpu] = placed(logits);
      const sampler = new Sampler({ temperature: 0, topP: 1, seed: 0 });
      await expect(onGpu.choose(rules, sampler, false)).rejects.toThrow('no usable probabilities');
    }
  });

  it('fetches all of them unchanged, and knows when it is told something else', async () => {
    const logits = scattered(12);
    const [onGpu] = placed(logits);
    expect(await onGpu.all()).toEqual(logits);
    expect(await onGpu.tellsRightly(logits)).toBe(true);
    const other = logits.slice();
    other[123] = 100;
    expect(await onGpu.tellsRightly(other)).toBe(false);
  });
});

describe('answers chosen on the GPU', () => {
  it.each([
    ['demo-model', 'demo-scenes/scene-03.png', 8],
    ['reference/random-f32', 'reference/random-f32/image.png', 12],
  ] as const)(
    '%s: greedy and drawn, the ids, probabilities and traces of the plain path',
    async (folder, picture, most) => {
      // Stored as in the other tests, whose shaders are compiled already: those of float32 weights take half a minute.
      const pkg = await openFixture(folder, 'q8');
      const backend = (await (await browserBackends('webgpu'))[0]?.(null)) as Backend;
      // One model for both, for the software GPU takes long to open one: the decoder is told on the way to choose elsewhere.
      const { vision, decoder } = await openParts(backend, pkg);
      const engine = new Engine(backend, pkg, vision, decoder, createCodec(pkg.tokenizer, pkg.tokenizerConfig));
      expect(decoder.choosing).toBe('GPU');
      engine.setImage('scene', await fixturePicture(picture));
      const prompt: Prompt = [
        { kind: 'image', image: 'scene' },
        { kind: 'grounding' },
        { kind: 'text', text: 'An image of' },
      ];
      const ask = async (): Promise<TokenEvent[]> => {
        const tokens: TokenEvent[] = [];
        for (const options of [{}, { temperature: 0.8, topP: 0.9, seed: 3 }]) {
          for await (const event of engine.generate({
            prompt,
            trace: true,
            options: { ...options, maxNewTokens: most },
          })) {
            if (event.type === 'token') tokens.push(event);
          }
        }
        return tokens;
      };
      // Once before, so that both find the prompt read already, by the same runs.
      await ask();
      const onGpu = await ask();
      decoder.chooseOnCpu('compared');
      expect(decoder.choosing).toBe('CPU: compared');
      const onCpu = await ask();
      await engine.dispose();
      backend.device?.destroy();
      expect(onGpu.length).toBeGreaterThan(2);
      expect(onGpu.map(choices)).toEqual(onCpu.map(choices));
      for (const [index, event] of onGpu.entries()) {
        const wanted = probabilities(onCpu[index] as TokenEvent);
        probabilities(event).forEach((probability, n) => {
          expect(probability).toBeCloseTo(wanted[n] as number, 4);
        });
      }
    },
  );
});

type TokenEvent = Extract<GenerationEvent, { type: 'token' }>;

/** What must be the very same. */
function choices({ id, trace }: TokenEvent): unknown {
  return { id, alternatives: trace?.alternatives.map((one) => one.id), locations: trace?.locations };
}

/** What sums in float32 may be off. */
function probabilities({ probability, trace }: TokenEvent): number[] {
  return [probability, ...(trace?.alternatives ?? []).map((one) => one.probability)];
}
