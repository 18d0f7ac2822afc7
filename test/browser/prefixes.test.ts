import { afterAll, describe, expect, it } from 'vitest';
import { createEngine, type EngineClient, type GenerationResult } from '../../src/index.ts';
import { SMALL_MODEL } from './small-model.ts';

const engines: EngineClient[] = [];
afterAll(() => {
  for (const engine of engines) engine.dispose();
});

/** `<s>`, `<image>` and `</image>`, between which the picture's rows stand. */
const AROUND_A_PICTURE = 3;

async function openSmall(backend: 'wasm' | 'webgpu'): Promise<EngineClient> {
  const engine = createEngine();
  engines.push(engine);
  await engine.open(new URL(SMALL_MODEL, location.href).href, { backend });
  for (const scene of ['scene-00', 'scene-01']) {
    await engine.setImage(scene, await (await fetch(`/test/fixtures/demo-scenes/${scene}.png`)).blob());
  }
  return engine;
}

async function ask(engine: EngineClient, image: string): Promise<GenerationResult> {
  const prompt = [{ kind: 'image', image } as const, { kind: 'grounding' } as const];
  for await (const event of engine.generate({ prompt, options: { maxNewTokens: 12 } })) {
    if (event.type === 'result') return event.result;
  }
  throw new Error('no result');
}

describe.each(['wasm', 'webgpu'] as const)('keys and values of pictures on %s', (backend) => {
  it('prepared, left and come back to, a picture is answered about as by a model that saw nothing else', async () => {
    const fresh = await openSmall(backend);
    const plain = await ask(fresh, 'scene-00');
    expect(plain.timings.reusedTokens).toBe(0);
    const engine = await openSmall(backend);
    await engine.prepare('scene-00');
    const prepared = await ask(engine, 'scene-00');
    expect(prepared.timings.image).toBe(0);
    expect(prepared.timings.reusedTokens).toBeGreaterThan(AROUND_A_PICTURE);
    const other = await ask(engine, 'scene-01');
    expect(other.ids).not.toEqual(plain.ids);
    const back = await ask(engine, 'scene-00');
    expect(back.timings.reusedTokens).toBe(prepared.timings.reusedTokens);
    for (const { ids } of [prepared, back]) expect(ids).toEqual(plain.ids);
  });
});
