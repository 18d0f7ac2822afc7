import { afterEach, expect, it, vi } from 'vitest';
import { followLink } from '../../../src/ui/follow-link.ts';
import { fakeApp } from '../state/fake-app.ts';

afterEach(() => vi.unstubAllGlobals());

it.each(['#sample=2&mode=ask', '#sample=2&mode=ask&q=What%20is%20it%3F'])(
  'what is being written stays when %s is followed',
  (hash) => {
    vi.stubGlobal('location', { hash, pathname: '/', search: '' });
    vi.stubGlobal('history', { state: null, replaceState: () => {} });
    const app = fakeApp();
    const written = { words: 'a turtle', choices: 'red, green', examples: [{ image: 'own', answer: 'a bike' }] };
    app.actions.edit({ mode: 'find', followUp: true, ...written });
    followLink(app);
    const { current, images, draft } = app.store.getState();
    expect(current).toBe(images[1]?.id);
    expect(draft).toMatchObject({ mode: 'ask', followUp: true, ...written });
  },
);
