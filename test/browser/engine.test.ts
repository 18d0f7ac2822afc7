import { afterAll, describe, expect, it } from 'vitest';
import { createEngine, type EngineClient, type GenerationResult, type Prompt } from '../../src/index.ts';

const engines: EngineClient[] = [];

function newEngine(): EngineClient {
  const engine = createEngine();
  engines.push(engine);
  return engine;
}

afterAll(() => {
  for (const engine of engines) engine.dispose();
});

async function sceneBlob(name: string): Promise<Blob> {
  return (await fetch(`/test/fixtures/demo-scenes/${name}`)).blob();
}

async function answer(engine: EngineClient, prompt: Prompt): Promise<GenerationResult> {
  for await (const event of engine.generate({ prompt })) if (event.type === 'result') return event.result;
  throw new Error('no result');
}

const describeScene: Prompt = [
  { kind: 'image', image: 'scene' },
  { kind: 'grounding' },
  { kind: 'text', text: 'An image of' },
];

describe.each(['wasm', 'webgpu'] as const)('the engine in its worker on %s', async (backend) => {
  const engine = newEngine();

  it('opens the shipped demo model and says what runs it', async () => {
    const phases = new Set<string>();
    const model = await engine.open(new URL('/models/demo/', location.href).href, {
      backend,
      onProgress: ({ phase }) => phases.add(phase),
    });
    console.log(JSON.stringify(model.backend));
    expect(model.backend.kind).toBe(backend);
    expect(phases).toContain('download');
  });

  it('grounds a caption', async () => {
    await engine.setImage('scene', await sceneBlob('scene-00.png'));
    const { grounded, timings } = await answer(engine, describeScene);
    console.log(grounded.caption, JSON.stringify(timings));
    expect(grounded.entities.map(({ phrase }) => phrase)).toContain('a rocket');
  });
});

it('a look at the official model, for which no server is asked, can be stopped as any other', async () => {
  const looking = newEngine().inspect({ kind: 'official' }, { signal: AbortSignal.abort() });
  await expect(looking).rejects.toMatchObject({ code: 'CANCELLED' });
});
