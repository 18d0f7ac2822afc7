import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { EngineClient, OpenOptions } from '../../../src/protocol/client.ts';
import { AppError } from '../../../src/protocol/errors.ts';
import type { ModelInfo } from '../../../src/protocol/messages.ts';
import type { AppState } from '../../../src/state/app-state.ts';
import { openModel } from '../../../src/state/open-model.ts';

it('a model that is asked for while another is opened is the one that is shown, whatever becomes of the other', async () => {
  const store = createStore<AppState>()(() => ({}) as AppState);
  const ends: ((end: { model?: ModelInfo; error?: AppError }) => void)[] = [];
  const told: OpenOptions[] = [];
  const open = (_: string, options: OpenOptions = {}) =>
    new Promise<ModelInfo>((resolve, reject) => {
      told.push(options);
      ends.push(({ model, error }) => (model ? resolve(model) : reject(error)));
    });
  const context = {
    engine: { open } as EngineClient,
    store,
    given: new Set<string>(),
    giving: new Map(),
    nextId: String,
  };
  let latest = 0;
  const opening = ['first/', 'second/'].map((modelUrl, index) => {
    latest = index;
    return openModel(context, { modelUrl }, 'wasm', () => latest === index);
  });
  told[0]?.onProgress?.({ phase: 'build' });
  expect(store.getState().engine).toMatchObject({ phase: 'loading', progress: null });
  told[1]?.onProgress?.({ phase: 'build' });
  ends[0]?.({ error: new AppError('CANCELLED', 'Stopped.') });
  await opening[0];
  expect(store.getState().engine).toMatchObject({ phase: 'loading', progress: { phase: 'build' } });
  ends[1]?.({ model: { name: 'second' } as ModelInfo });
  await opening[1];
  expect(store.getState().engine).toMatchObject({ phase: 'ready', model: { name: 'second' } });
});
