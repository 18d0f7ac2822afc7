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
  close(): void;
}

/**
 * Shows the page on the CPU with the shipped demo model; the picture on the stage is scene-01 of the samples.
 * @param options `savedAs` keeps its conversations in a database of this name
 */
export function showPage(options: { readonly savedAs?: string } = {}): ShownPage {
  const workers: Worker[] = [];
  const engine = createEngineClient(() => {
    const worker = new Worker(new URL('../../../workers/inference.ts', import.meta.url), { type: 'module' });
    workers.push(worker);
    return worker;
  });
  const app = createApp(engine, {
    samples: [
      sampleImage('Bike', '/samples/bike-turtle.png', 853, 640),
      sampleImage('Pigs', '/samples/two-pigs.png', 640, 640),
    ],
    modelUrl: new URL('/models/demo/', location.href).href,
    backend: 'wasm',
    ...options,
  });
  reflectEngine(app, document.documentElement);
  const element = document.body.appendChild(document.createElement('div'));
  const root = createRoot(element);
  root.render(
    <AppProvider value={app}>
      <Page />
    </AppProvider>,
  );
  void app.actions.restore().then(() => app.actions.open());
  return {
    app,
    crash: () => workers.at(-1)?.terminate(),
    close() {
      root.unmount();
      element.remove();
      app.close();
      engine.dispose();
    },
  };
}
