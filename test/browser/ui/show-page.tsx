import '../../../src/ui/styles/page.css';
import { createRoot } from 'react-dom/client';
import { createEngineClient } from '../../../src/protocol/worker-client.ts';
import { sampleImage } from '../../../src/state/page-image.ts';
import { type App, createApp } from '../../../src/state/store.ts';
import { AppProvider } from '../../../src/ui/common/app-context.ts';
import { reflectEngine } from '../../../src/ui/header/reflect-engine.ts';
import { Page } from '../../../src/ui/Page.tsx';

/** The whole page with the real engine, in the test's document. */
export interface ShownPage {
  readonly app: App;
  /** Ends the engine's worker as a crash would. */
  crash(): void;
  /** Lets nothing more be heard of the engine's worker, so that what it writes stays unfinished. */
  silence(): void;
  close(): void;
}

/**
 * Shows the page on the CPU with the shipped demo model; the picture on the stage is scene-01 of the samples.
 * @param options `savedAs` keeps its conversations in a database of this name; the model is opened when `held` is over
 */
export function showPage(options: { readonly savedAs?: string; readonly held?: Promise<void> } = {}): ShownPage {
  const { held, ...saved } = options;
  const workers: Worker[] = [];
  let silent = false;
  const engine = createEngineClient(() => {
    const worker = new Worker(new URL('../../../workers/inference.ts', import.meta.url), { type: 'module' });
    workers.push(worker);
    worker.addEventListener('message', (event) => silent && event.stopImmediatePropagation());
    return worker;
  });
  const app = createApp(engine, {
    samples: [
      sampleImage('Bike', '/samples/bike-turtle.png', 853, 640),
      sampleImage('Pigs', '/samples/two-pigs.png', 640, 640),
    ],
    modelUrl: new URL('/models/demo/', location.href).href,
    backend: 'wasm',
    ...saved,
  });
  reflectEngine(app, document.documentElement);
  const element = document.body.appendChild(document.createElement('div'));
  const root = createRoot(element);
  root.render(
    <AppProvider value={app}>
      <Page />
    </AppProvider>,
  );
  void Promise.all([app.actions.restore(), held]).then(() => app.actions.open());
  return {
    app,
    crash: () => workers.at(-1)?.terminate(),
    silence() {
      silent = true;
    },
    close() {
      root.unmount();
      element.remove();
      app.close();
      engine.dispose();
    },
  };
}

/** Presses Enter without the way through the test's server, on which a short answer may be over before it is back. */
export function pressEnter(field: HTMLElement): void {
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
}

/**
 * Resolves as the answer to a question that is yet to be asked begins to be written, or has this in it. Waited for by
 * looking now and then, a short one may never be seen so.
 */
export function begun({ store }: App, words = ''): Promise<void> {
  const before = store.getState().turns;
  const writes = () =>
    Object.values(store.getState().turns).some(
      ({ id, status, grounded }) =>
        status === 'writing' && !(id in before) && (grounded?.caption ?? '').includes(words),
    );
  return new Promise((resolve) => {
    const stop = store.subscribe(() => {
      if (!writes()) return;
      stop();
      resolve();
    });
  });
}
