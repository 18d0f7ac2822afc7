import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Recovery } from '../../../src/protocol/client.ts';
import { AppError } from '../../../src/protocol/errors.ts';
import type { ModelInfo } from '../../../src/protocol/messages.ts';
import { chooseModel, chosenModel, forgetGone } from '../../../src/ui/models/chosen-model.ts';
import { loading } from '../../../src/ui/strings.ts';
import { fakeApp } from './fake-app.ts';

const memory = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};

/** An engine for which every stored model is gone. */
const open = async (url: string) => {
  if (url.startsWith('stored:')) throw new AppError('PACKAGE_FILE_MISSING', 'It was cleared.', { file: url });
  return { name: 'Demo model' } as ModelInfo;
};

afterEach(() => vi.unstubAllGlobals());

describe('the model that comes with the page', () => {
  it('is told from every other, while it is opened already', async () => {
    const app = fakeApp();
    expect(app.store.getState().using).toBeNull();
    const opened = app.actions.use('stored:full');
    expect(app.store.getState()).toMatchObject({ using: 'stored:full', engine: { phase: 'loading' } });
    await opened;
    await app.actions.use(null);
    expect(app.store.getState().using).toBeNull();
    expect(fakeApp({}, { chosenModel: 'stored:full' }).store.getState().using).toBe('stored:full');
  });

  it('takes the place of a chosen one that is gone, now and on the next visit', async () => {
    vi.stubGlobal('localStorage', memory());
    chooseModel('stored:full');
    const app = fakeApp({ open }, { chosenModel: chosenModel() ?? undefined, onGone: forgetGone });
    // Another one that is not there says nothing of the chosen one.
    await app.actions.use('stored:other');
    expect(chosenModel()).toBe('stored:full');
    await app.actions.use('stored:full');
    expect(app.store.getState().engine.phase).toBe('ready');
    expect(app.store.getState().using).toBeNull();
    expect(chosenModel()).toBeNull();
  });

  it('takes the place of one that is gone when it is opened again after a loss', async () => {
    let tell = (_: Recovery) => {};
    const onRecovering = (listener: typeof tell) => {
      tell = listener;
      return () => {};
    };
    const gone = vi.fn();
    const { actions, store } = fakeApp({ onRecovering }, { onGone: gone });
    await actions.use('stored:full');
    tell({ phase: 'loading', backend: 'auto', progress: null });
    expect(store.getState().engine.phase).toBe('loading');
    const error = new AppError('PACKAGE_FILE_MISSING', 'It was cleared.');
    tell({ phase: 'failed', backend: 'auto', error });
    expect(gone).toHaveBeenCalledWith('stored:full');
    await vi.waitFor(() => expect(store.getState()).toMatchObject({ using: null, engine: { phase: 'ready' } }));
    expect(store.getState().notices).toMatchObject([{ error }]);
    tell({ phase: 'failed', backend: 'auto', error });
    expect(store.getState().engine).toMatchObject({ phase: 'failed', error });
  });

  it('is the only one that is called so while it loads', () => {
    const download = { phase: 'download', received: 1e6, total: 5e6 } as const;
    expect([loading(null, 'wasm', true).words, loading(null, 'wasm', false).words]).toEqual(['Demo model', 'Model']);
    expect(loading(download, 'wasm', true).words).toBe('Demo model, 1 of 5 MB');
    expect(loading(download, 'wasm', false).words).toBe('Model, 1 of 5 MB');
    expect(loading({ ...download, total: 0 }, 'wasm', false).words).toBe('Model, 1 MB');
  });
});
