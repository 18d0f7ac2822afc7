import { afterEach, expect, it, vi } from 'vitest';
import { AppError, type AppErrorCode } from '../../../src/protocol/errors.ts';
import type { GenerationEvent } from '../../../src/protocol/generation.ts';
import { imageOf } from '../../../src/state/app-state.ts';
import type { App } from '../../../src/state/store.ts';
import type { Task } from '../../../src/state/turn.ts';
import { fakeApp } from './fake-app.ts';
import { grounded } from './grounded.ts';

afterEach(() => vi.unstubAllGlobals());

const BOX = [0, 0, 0.25, 0.25] as const;
const task: Task = {
  mode: 'ground',
  words: 'a pig and a dog',
  spans: [
    { start: 0, end: 5 },
    { start: 10, end: 15 },
  ],
};

/** An app that is asked to ground two phrases and fails at the second, having done `meanwhile`. */
async function failingOnce(code: AppErrorCode, meanwhile: (app: App) => void): Promise<App> {
  let requests = 0;
  const app = fakeApp({
    async *generate() {
      if (++requests === 2) {
        meanwhile(app);
        throw new AppError(code, 'Another model.');
      }
      const text = grounded('a pig', [{ phrase: 'a pig', boxes: [BOX] }], 'a pig'.length);
      yield { type: 'result', result: { grounded: text, finish: 'eos' } } as unknown as GenerationEvent;
    },
  });
  await app.actions.addImages([new Blob(['picture'])]);
  await app.actions.open();
  app.actions.ask(task);
  return app;
}

const only = ({ store }: App) => Object.values(store.getState().turns)[0];

it.each(['ENGINE_NOT_READY', 'IMAGE_UNKNOWN', 'CANCELLED'] as const)(
  'an answer of several requests is given anew where another model is opened between them (%s)',
  async (code) => {
    const app = await failingOnce(code, ({ actions }) => void actions.use('stored:other'));
    await vi.waitFor(() => expect(only(app)?.status).toBe('done'));
    expect(only(app)?.grounded?.entities).toHaveLength(2);
    expect(imageOf(app.store.getState()).boxes).toHaveLength(2);
  },
);

it('an answer whose model is there all the while fails as it does', async () => {
  const app = await failingOnce('IMAGE_UNKNOWN', () => {});
  await vi.waitFor(() => expect(only(app)).toMatchObject({ status: 'failed', error: { code: 'IMAGE_UNKNOWN' } }));
});

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
