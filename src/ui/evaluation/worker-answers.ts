import type { Answerer } from '../../evaluation/evaluate.ts';
import type { EngineClient } from '../../protocol/client.ts';
import { AppError } from '../../protocol/errors.ts';
import { orStopped } from '../../protocol/or-stopped.ts';
import type { Pictures } from './picked-folder.ts';

/** The worker has one picture at a time: samples come picture by picture. */
const PICTURE = 'picture';

/** Answers by the worker of the page. */
export function workerAnswers(engine: EngineClient, pictures: Pictures): Answerer {
  let shown: string | null = null;
  return {
    atOnce: 1,
    async answer(image, { prompt, options, enough }, signal) {
      if (image !== shown) {
        shown = null;
        const picture = await orStopped(pictures(image), signal);
        await orStopped(engine.setImage(PICTURE, picture), signal);
        shown = image;
      }
      const stop = new AbortController();
      const request = { prompt: [{ kind: 'image', image: PICTURE } as const, ...prompt], options };
      for await (const event of engine.generate(request, AbortSignal.any([signal, stop.signal]))) {
        if (event.type === 'token' && enough(event.grounded)) stop.abort();
        if (event.type === 'result') return event.result;
      }
      throw new AppError('INTERNAL', 'The model ended without a result.');
    },
  };
}
