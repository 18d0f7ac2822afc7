import { beforeEach, expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { EMPTY_DRAFT } from '../../../src/state/app-state.ts';
import type { App } from '../../../src/state/store.ts';
import { fakeApp } from './fake-app.ts';

const REGION = { number: 1, patches: { upperLeft: 0, lowerRight: 33 }, box: unitBox(0, 0, 0.1, 0.1) };
let app: App;
const draft = () => app.store.getState().draft;
const edited = (words: string) => ({ mode: 'find', words, replaces: expect.any(String) });

/** Begins to edit the question that has these words. */
function edit(words: string): void {
  const turns = Object.values(app.store.getState().turns);
  app.actions.editTurn(turns.find(({ task }) => 'words' in task && task.words === words)?.id ?? '');
  expect(draft()).toMatchObject(edited(words));
}

beforeEach(() => {
  app = fakeApp();
  for (const words of ['a cat', 'a dog']) app.actions.ask({ mode: 'find', words });
});

it('brings back what was not sent when the edited question is sent, given up or asked of all pictures', () => {
  const unsent = { ...EMPTY_DRAFT, mode: 'ask', words: 'Which of', regions: [REGION], followUp: true } as const;
  for (const end of ['send', 'endEditing', 'sendToAll'] as const) {
    app.actions.edit(unsent);
    edit('a dog');
    app.actions[end]();
    expect(draft()).toEqual(unsent);
  }
});

it('brings it back also after a second question was edited, without the edits of the first', () => {
  app.actions.edit({ ...EMPTY_DRAFT, mode: 'ask', words: 'Is it' });
  edit('a dog');
  app.actions.edit({ words: 'a frog' });
  edit('a cat');
  app.actions.endEditing();
  expect(draft()).toMatchObject({ words: 'Is it', replaces: null });
});

it('brings no region of one picture to another', () => {
  app.actions.edit({ ...EMPTY_DRAFT, mode: 'ask', words: 'What is', regions: [REGION] });
  edit('a dog');
  app.actions.showImage('b.png');
  app.actions.endEditing();
  expect(draft()).toMatchObject({ words: 'What is', regions: [] });
});

it('asks nothing of one picture in the place of a question about another: the words stay, or what was not sent comes back', () => {
  edit('a dog');
  app.actions.edit({ words: 'a frog' });
  app.actions.showImage('b.png');
  expect(draft()).toMatchObject({ mode: 'find', words: 'a frog', replaces: null, aside: null });
  app.actions.send();
  const asked = Object.values(app.store.getState().turns).map(({ task, image }) => [task, image]);
  expect(asked).toEqual([
    [{ mode: 'find', words: 'a cat' }, 'a.png'],
    [{ mode: 'find', words: 'a dog' }, 'a.png'],
    [{ mode: 'find', words: 'a frog' }, 'b.png'],
  ]);
  app.actions.edit({ ...EMPTY_DRAFT, mode: 'ask', words: 'What is' });
  edit('a dog');
  app.actions.showImage('b.png');
  expect(draft()).toEqual({ ...EMPTY_DRAFT, mode: 'ask', words: 'What is' });
  app.actions.endEditing();
  expect(draft().words).toBe('What is');
});

it('leaves the regions in the composer that were not asked about, and the choices of what was asked of all', () => {
  const other = { ...REGION, number: 2, patches: { upperLeft: 66, lowerRight: 99 } };
  const numbers = () => draft().regions.map(({ number }) => number);
  app.actions.edit({ ...EMPTY_DRAFT, mode: 'describe', regions: [REGION, other] });
  app.actions.send();
  expect(numbers()).toEqual([1, 2]);
  // Of several it is about the selected one, else about the newest.
  app.actions.edit({ mode: 'refer' });
  app.actions.pickRegion(1);
  app.actions.send();
  expect(numbers()).toEqual([2]);
  app.actions.edit({ regions: [REGION, other] });
  app.actions.pickRegion(null);
  app.actions.send();
  expect(numbers()).toEqual([1]);
  app.actions.edit({ mode: 'choose', words: 'Which?', choices: 'a\nb' });
  app.actions.sendToAll();
  expect(draft()).toMatchObject({ choices: 'a\nb', words: '' });
});

it('brings back choices and examples too', () => {
  const kept = { ...EMPTY_DRAFT, mode: 'choose', choices: 'a cat\na dog', followUp: true } as const;
  app.actions.edit(kept);
  edit('a dog');
  app.actions.send();
  expect(draft()).toEqual(kept);
});

it('stops every prompt that was asked of all pictures, also those before the last', () => {
  for (const mode of ['describe', 'caption'] as const) {
    app.actions.edit({ mode });
    app.actions.sendToAll();
  }
  app.actions.stopAll();
  const asked = Object.values(app.store.getState().turns).filter(({ task }) => task.mode !== 'find');
  expect(asked.map(({ status }) => status)).toEqual(['stopped', 'stopped', 'stopped', 'stopped']);
});

it('leaves the composer empty where nothing was written', () => {
  edit('a dog');
  app.actions.endEditing();
  expect(draft()).toEqual(EMPTY_DRAFT);
});

it('words that a question has none of stay for the next', () => {
  app.actions.edit({ ...EMPTY_DRAFT, mode: 'describe', words: 'Which of the two is', spans: [] });
  app.actions.send();
  expect(draft()).toMatchObject({ mode: 'describe', words: 'Which of the two is' });
  app.actions.edit({ mode: 'ask' });
  app.actions.send();
  expect(draft()).toMatchObject({ mode: 'ask', words: '' });
});

it('phrases of a text are found anew when its words change, by whatever, and stay while they do not', () => {
  app.actions.edit({ mode: 'ground', words: 'a cow', spans: [{ start: 0, end: 5 }] });
  app.actions.edit({ mode: 'expert' });
  expect(draft().spans).toEqual([{ start: 0, end: 5 }]);
  app.actions.edit({ words: '<grounding>a cow' });
  expect(draft().spans).toBeNull();
});
