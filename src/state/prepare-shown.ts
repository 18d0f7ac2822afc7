import type { AppState } from './app-state.ts';
import type { Context } from './context.ts';
import { giveImage, givenAs } from './give-image.ts';

/**
 * Has the engine read the picture on the stage before anything is asked about it, while the model is idle. A question
 * then costs only its own words. Another picture, a question or a stop of the model ends it.
 */
export function prepareShownImage(context: Context): void {
  const { engine, store } = context;
  /** Keeps the engine from reading a picture twice. */
  let prepared: string | null = null;
  let preparing = new AbortController();
  /** What the model has been given that this is about; one that is opened again after a loss is the same. */
  let { given } = context;

  async function prepare(id: string): Promise<void> {
    preparing.abort();
    preparing = new AbortController();
    const { signal } = preparing;
    const image = store.getState().images.find((one) => one.id === id);
    if (!image) return;
    try {
      const { settings } = store.getState();
      await giveImage(context, image, settings);
      if (!signal.aborted) await engine.prepare(givenAs(id, settings), signal);
    } catch {
      // Whatever is wrong will be told when somebody asks; nobody has asked yet.
    }
  }

  function look({ engine: { phase }, running, current }: AppState): void {
    if (given !== context.given) prepared = null;
    given = context.given;
    if (phase !== 'ready' || running !== null || current === prepared) return;
    prepared = current;
    // Not in the task that shows what has changed.
    setTimeout(() => {
      if (prepared !== current) return;
      // A question asked meanwhile may need the picture as it is given with other settings.
      if (store.getState().running !== null) prepared = null;
      else void prepare(current);
    });
  }

  look(store.getState());
  store.subscribe(look);
}
