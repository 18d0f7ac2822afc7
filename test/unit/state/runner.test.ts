import { afterEach, expect, it, vi } from 'vitest';
import { fakeApp } from './fake-app.ts';

afterEach(() => vi.unstubAllGlobals());

it('a picture that does not come keeps nobody from asking about another once its question is stopped', async () => {
  vi.stubGlobal('fetch', (url: string) => {
    return url === 'a.png' ? new Promise(() => {}) : Promise.resolve(new Response('picture'));
  });
  const { actions, store } = fakeApp({
    async *generate() {
      const grounded = { caption: '', answerStart: 0, entities: [] };
      yield { type: 'token', id: 5, text: ' a', probability: 1, grounded, trace: null };
    },
  });
  await actions.open();
  const statuses = () => Object.values(store.getState().turns).map(({ status }) => status);
  await vi.waitFor(() => expect(statuses()).toEqual(['reading']));
  actions.stop();
  actions.showImage('b.png');
  actions.ask({ mode: 'caption' });
  await vi.waitFor(() => expect(statuses()).toEqual(['stopped', 'writing']));
});
