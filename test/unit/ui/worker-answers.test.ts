import { expect, it } from 'vitest';
import type { EngineClient } from '../../../src/protocol/client.ts';
import { workerAnswers } from '../../../src/ui/evaluation/worker-answers.ts';

const question = { prompt: [], options: {}, enough: () => false };

it.each(['read', 'given'])('a stop is heard while a picture is %s, and nothing is asked of it', async (hanging) => {
  const stop = new AbortController();
  let asked = 0;
  // Whatever hangs is stopped as soon as it has begun.
  const hang = () => {
    queueMicrotask(() => stop.abort());
    return new Promise<never>(() => {});
  };
  const engine = {
    setImage: hang,
    generate() {
      asked += 1;
    },
  } as unknown as EngineClient;
  const pictures = hanging === 'read' ? hang : async () => new Blob();
  const answer = workerAnswers(engine, pictures).answer('a.png', question, stop.signal);
  await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(asked).toBe(0);
});
