import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { AppProvider } from '../../../src/ui/common/app-context.ts';
import { shuffle, undo } from '../../../src/ui/maker/maker-store.ts';
import { beginWork } from '../../../src/ui/models/stored-work.ts';
import { forgetTransfer, transferStore } from '../../../src/ui/models/transfer-store.ts';
import { offlineStore } from '../../../src/ui/offline/offline-store.ts';
import { PageFailed } from '../../../src/ui/PageFailed.tsx';
import { type ShownPage, showPage } from './show-page.tsx';

let shown: ShownPage;
/** What the newer version, which waits for another window, was asked. */
let asked: string[];
/** Ends the check of a stored model. */
let checked = () => {};

beforeEach(async () => {
  asked = [];
  const update = {
    postMessage({ type }: { readonly type: string }, [port]: readonly MessagePort[]) {
      asked.push(type);
      port?.postMessage({ otherWindows: 1 });
    },
  };
  shown = showPage();
  const { store } = shown.app;
  // The first picture is described by itself.
  const described = () => Object.values(store.getState().turns).map(({ status }) => status);
  await expect.poll(described, { timeout: 60_000 }).toEqual(['done']);
  await expect.poll(() => store.getState().running).toBeNull();
  store.setState({ keeping: true });
  offlineStore.setState({ update: update as unknown as ServiceWorker });
});

afterEach(() => {
  shown.close();
  checked();
  undo();
  forgetTransfer();
  offlineStore.setState({ update: null, otherWindows: 0 });
});

const update = page.getByRole('button', { name: 'Update ready' });
const question = page.getByText('For the newer version the page loads again.');
const first = () => Object.keys(shown.app.store.getState().turns)[0] ?? '';

function sketch(): void {
  shown.app.actions.startCorrecting(first());
  shown.app.actions.sketchBox(unitBox(0.1, 0.1, 0.3, 0.3));
}

function check(): void {
  void beginWork(
    'stored',
    'verify',
    () =>
      new Promise((resolve) => {
        checked = () => resolve('');
      }),
  );
}

function openUnstored(): void {
  const engine = { phase: 'loading', backend: 'wasm', progress: null } as const;
  shown.app.store.setState({ engine, using: 'https://models.example/kosmos2/' });
}

function putAside(): void {
  shown.app.actions.edit({ mode: 'find', words: 'a turtle' });
  shown.app.actions.editTurn(first());
}

it('a newer version starts at once where nothing is lost by it', async () => {
  await update.click();
  await expect.poll(() => asked).toEqual(['update']);
});

it('where the page could not be shown, a newer version starts from what stands in its place', async () => {
  const element = document.body.appendChild(document.createElement('div'));
  const root = createRoot(element);
  root.render(
    <AppProvider value={shown.app}>
      <PageFailed reason="" again={() => {}} />
    </AppProvider>,
  );
  await page.elementLocator(element).getByRole('button', { name: 'Update ready' }).click();
  await expect.poll(() => asked).toEqual(['update']);
  root.unmount();
  element.remove();
});

it.each<[string, () => void]>([
  ['words are being written', () => shown.app.actions.edit({ mode: 'find', words: 'a turtle' })],
  ['a box is drawn that is no part of the answer yet', sketch],
  ['words were put aside for a question that is edited', putAside],
  ['a scene was made and is no picture yet', shuffle],
  ['a stored model is being checked', check],
  ['a model is on its way', () => transferStore.setState({ phase: 'running' })],
  ['a model is on its way that is not stored', openUnstored],
  ['an answer is being written', () => shown.app.store.setState({ running: 'turn' })],
  ['an answer is not kept', () => shown.app.store.setState({ unkept: { pictures: 0, answers: 1 } })],
])('where %s, a newer version starts only once that was said', async (_, begin) => {
  begin();
  await update.click();
  await page.getByRole('button', { name: 'Not now' }).click();
  await update.click();
  await expect.element(question).toBeVisible();
  expect(asked).toEqual([]);
  await page.getByRole('button', { name: 'Start it' }).click();
  await expect.poll(() => asked).toEqual(['update']);
  await expect.element(question).not.toBeInTheDocument();
});

it('Escape at that question is its no, and ends nothing behind it', async () => {
  putAside();
  await update.click();
  await expect.element(question).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(question).not.toBeInTheDocument();
  expect(shown.app.store.getState().draft.replaces).toBe(first());
  expect(asked).toEqual([]);
});
