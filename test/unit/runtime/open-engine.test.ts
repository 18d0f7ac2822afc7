import { expect, it } from 'vitest';
import { nodeBackend } from '../../../src/runtime/node-backend.ts';
import { openParts } from '../../../src/runtime/open-engine.ts';
import type { Session } from '../../../src/runtime/ort.ts';
import { openFixture } from '../../support/packages.ts';

it('opening that is stopped between the two halves of a model keeps neither', async () => {
  const pkg = await openFixture('demo-model', 'q8');
  const backend = await nodeBackend(1);
  const stop = new AbortController();
  const kept = new Set<Session>();
  let made = 0;
  const create = async (...given: Parameters<typeof backend.ort.InferenceSession.create>): Promise<Session> => {
    const session = await backend.ort.InferenceSession.create(...given);
    kept.add(session);
    made += 1;
    const release = session.release.bind(session);
    session.release = () => {
      kept.delete(session);
      return release();
    };
    stop.abort();
    return session;
  };
  const watched = { ...backend, ort: { ...backend.ort, InferenceSession: { create } as never } };
  await expect(openParts(watched, pkg, { signal: stop.signal })).rejects.toThrow();
  expect(made).toBe(1);
  expect(kept.size).toBe(0);
});
