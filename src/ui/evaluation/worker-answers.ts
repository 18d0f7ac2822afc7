import type { Answerer } from '../../evaluation/evaluate.ts';
import type { EngineClient } from '../../protocol/client.ts';
import { AppError } from '../../protocol/errors.ts';
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
        await engine.setImage(PICTURE, await pictures(image));
        shown = image;
      }
      const stop = new AbortController();
      const onAbort = () => stop.abort();
      signal.addEventListener('abort', onAbort);
      try {
        const request = { prompt: [{ kind: 'image', image: PICTURE } as const, ...prompt], options };
        for await (const event of engine.generate(request, stop.signal)) {
          if (event.type === 'token' && enough(event.grounded)) stop.abort();
          if (event.type === 'result') return event.result;
        }
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
      throw new AppError('INTERNAL', 'The model ended without a result.');
    },
  };
}
