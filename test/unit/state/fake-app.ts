import type { EngineClient } from '../../../src/protocol/client.ts';
import type { ModelInfo } from '../../../src/protocol/messages.ts';
import { sampleImage } from '../../../src/state/page-image.ts';
import { type App, type AppOptions, createApp } from '../../../src/state/store.ts';

const MODEL = { name: 'A model' } as ModelInfo;
const nothing = () => () => {};

/** The real store over an engine that answers nothing unless a test says what. */
export function fakeApp(engine: Partial<EngineClient> = {}, options: Partial<AppOptions> = {}): App {
  const client: EngineClient = {
    open: async () => MODEL,
    inspect: () => Promise.reject(new Error('Nobody inspects here.')),
    setImage: async (image) => ({ image, width: 4, height: 3 }),
    dropImage: async () => {},
    prepare: async () => {},
    async *generate() {},
    score: async () => [],
    measure: async () => ({ tokens: [], limit: 0 }),
    cancel: () => {},
    onLost: nothing,
    onRecovering: nothing,
    onRecovered: nothing,
    onSelfTest: nothing,
    onCapture: nothing,
    dispose: () => {},
    ...engine,
  };
  return createApp(client, {
    samples: [sampleImage('A', 'a.png', 10, 10), sampleImage('B', 'b.png', 10, 10)],
    modelUrl: 'https://site.example/models/demo/',
    backend: 'wasm',
    ...options,
  });
}
