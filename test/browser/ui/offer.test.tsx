import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { chooseModel, chosenModel, DEMO, decline, mayOffer } from '../../../src/ui/models/chosen-model.ts';
import { importer } from '../../../src/ui/models/importer.ts';
import { proposeModel } from '../../../src/ui/models/model-subject.ts';
import { offerModel } from '../../../src/ui/models/offer-model.ts';
import { address, forgetModelsAfterEach, openPage, ready } from './offered-models.ts';

forgetModelsAfterEach();

it('a hosted model is got and opened when the person says so, and the next time without asking', {
  timeout: 120_000,
}, async () => {
  const { app } = openPage();
  await ready(app);
  await offerModel(app, address('/models/demo/'), true);
  const dialog = page.getByRole('dialog', { name: 'Open this model?' });
  await expect.element(dialog.getByText(address('/models/demo/'))).toBeVisible();
  await expect.element(dialog.getByText('6 MB', { exact: true })).toBeVisible();
  expect(await importer().list()).toEqual([]);
  const persist = vi.spyOn(navigator.storage, 'persist');

  await dialog.getByRole('button', { name: 'Get and open' }).click();
  await expect.poll(() => app.store.getState().dialog, { timeout: 60_000 }).toBeNull();
  expect(await ready(app)).toBe('Demo model');
  expect(localStorage.getItem('kosmos2-model')).toBe('stored:demo');
  expect(mayOffer(address('/models/another/'))).toBe(false);
  expect((await importer().list()).map(({ name }) => name)).toEqual(['demo']);
  // What was got is to last: the browser was asked once, by the press of the button.
  expect(persist).toHaveBeenCalledOnce();

  await offerModel(app, address('/models/demo/'), true);
  expect(app.store.getState().dialog).toBeNull();
  expect(await ready(app)).toBe('Demo model');
});

it('a stored model is left for the demo model, or deleted, and is not chosen any more; only the demo model warns of photos', {
  timeout: 120_000,
}, async () => {
  const { app } = openPage();
  await ready(app);
  await app.actions.addImages([await (await fetch('/samples/two-pigs.png')).blob()]);
  await expect.element(page.getByText(/never shown photos/)).toBeVisible();
  await offerModel(app, address('/models/demo/'), true);
  await page.getByRole('button', { name: 'Get and open' }).click();
  await expect.poll(() => app.store.getState().using, { timeout: 60_000 }).toBe('stored:demo');
  await ready(app);
  await expect.element(page.getByText(/never shown photos/)).not.toBeInTheDocument();

  app.actions.openDialog({ kind: 'models' });
  await expect.element(page.getByRole('button', { name: 'Delete' })).toBeVisible();
  const rows = [...document.querySelectorAll('.models li')];
  expect(rows.map((row) => row.querySelector('strong')?.textContent)).toEqual(['Demo model', 'Demo model']);
  const offers = () => rows.map((row) => row.querySelector('.primary')?.textContent);
  expect(offers()).toEqual(['Use', 'In use']);
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await expect.poll(() => app.store.getState().using).toBeNull();
  expect(chosenModel()).toBeNull();
  // A page that offers a model of its own is told not to.
  expect(mayOffer(address('/models/demo/'))).toBe(false);
  await ready(app);

  app.actions.openDialog({ kind: 'models' });
  await expect.element(page.getByRole('button', { name: 'In use' })).toBeDisabled();
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await expect.poll(() => localStorage.getItem('kosmos2-model')).toBe('stored:demo');
  await ready(app);
  app.actions.openDialog({ kind: 'models' });
  // Nothing of it goes before the question is answered, and the focus is never lost.
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await press('Delete');
  await expect.element(page.getByRole('group', { name: /^Delete “Demo model” \(\d+ MB\)\?/ })).toHaveFocus();
  await press('Keep it');
  await expect.element(page.getByRole('button', { name: 'Delete' })).toHaveFocus();
  expect(await importer().list()).toHaveLength(1);
  await press('Delete');
  await press('Delete');
  await expect.element(page.getByText('None is stored yet.')).toBeVisible();
  await expect.element(page.getByRole('list', { name: 'Models on this device' })).toHaveFocus();
  expect(localStorage.getItem('kosmos2-model')).toBeNull();
});

it('a model of the page’s own site is offered once no dialog is open, and declined for good', {
  timeout: 60_000,
}, async () => {
  const { app } = openPage();
  await ready(app);
  app.actions.openDialog({ kind: 'shortcuts' });
  const offering = offerModel(app, address('/models/demo/'), false);
  await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  expect(app.store.getState().dialog).toEqual({ kind: 'shortcuts' });
  app.actions.closeDialog();
  await offering;
  const dialog = page.getByRole('dialog', { name: 'Open this model?' });
  expect(mayOffer(address('/models/demo/'))).toBe(true);
  await dialog.getByRole('button', { name: 'Not now' }).click();
  expect(mayOffer(address('/models/demo/'))).toBe(false);
  expect(mayOffer(address('/models/another/'))).toBe(true);
  // "Not now" to another model leaves what was said of this one.
  decline(address('/models/another/'));
  expect(mayOffer(address('/models/demo/'))).toBe(false);
});

it('a model of the page’s own site is not offered to who has chosen, declined or opened one meanwhile', {
  timeout: 60_000,
}, async () => {
  const { app } = openPage();
  await ready(app);
  const answers = {
    chosen: () => chooseModel(DEMO),
    declined: () => decline(address('/models/demo/')),
    opened: () => void app.actions.use(address('/models/demo/')),
  };
  for (const [answer, give] of Object.entries(answers)) {
    app.actions.openDialog({ kind: 'models' });
    const offering = offerModel(app, address('/models/demo/'), false);
    await importer().list();
    app.actions.closeDialog();
    give();
    await offering;
    expect(app.store.getState().dialog, answer).toBeNull();
    for (const kept of ['kosmos2-model', 'kosmos2-not-now']) localStorage.removeItem(kept);
  }
});

it('a stored model that a link names is asked about where the demo model was chosen since', {
  timeout: 60_000,
}, async () => {
  const { app } = openPage();
  await ready(app);
  await importer().copyPackage({ kind: 'site', url: address('/models/demo/') }, 'demo');
  chooseModel(DEMO);
  await offerModel(app, address('/models/demo/'), true);
  expect(app.store.getState().using).toBeNull();
  await page.getByRole('dialog').getByRole('button', { name: 'Open now' }).click();
  await expect.poll(() => app.store.getState().using).toBe('stored:demo');
  expect(chosenModel()).toBe('stored:demo');
});

it('a repository of the hub that a link names is proposed before anybody is asked, and opened where it is stored', {
  timeout: 60_000,
}, async () => {
  const { app } = openPage();
  await ready(app);
  const inspect = vi.spyOn(app.actions, 'inspect');
  await offerModel(app, 'hf:test/kosmos-2', true);
  await expect
    .element(page.getByRole('dialog').getByText(/names a model at hf:test\/kosmos-2\. Nothing/))
    .toBeVisible();
  expect(inspect).not.toHaveBeenCalled();
  await page.getByRole('button', { name: 'Close' }).click();

  await importer().copyPackage({ kind: 'site', url: address('/models/demo/') }, 'demo');
  const [demo] = await importer().list();
  const list = vi.spyOn(importer(), 'list');
  if (demo?.manifest) {
    list.mockResolvedValue([{ ...demo, manifest: { ...demo.manifest, repository: 'test/kosmos-2' } }]);
  }
  await offerModel(app, 'hf:test/kosmos-2@another', true);
  await expect.element(page.getByRole('dialog').getByText(/Nothing has been sent there/)).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await offerModel(app, 'hf:test/kosmos-2', true);
  expect(app.store.getState().using).toBe('stored:demo');
});

it('a repository of the hub that the build names and that was declined is still led to by the dialog for getting one', {
  timeout: 60_000,
}, async () => {
  vi.stubEnv('VITE_MODEL_URL', 'hf:test/kosmos-2');
  const { app } = openPage();
  await ready(app);
  const inspect = vi.spyOn(app.actions, 'inspect').mockReturnValue(new Promise(() => {}));
  decline('hf:test/kosmos-2');
  proposeModel(app.actions);
  const given = page.getByRole('dialog').getByText('hf:test/kosmos-2');
  await expect.element(given).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Look at it' }).first().click();
  await expect.poll(() => inspect.mock.lastCall?.[0]).toEqual({ kind: 'hub', name: 'hf:test/kosmos-2' });
});

it('a model that is not there is said to be missing, and the one that is open stays', { timeout: 60_000 }, async () => {
  const { app } = openPage();
  await ready(app);
  await offerModel(app, address('/models/none/'), true);
  await expect.element(page.getByRole('alert').getByText(/neither a ready model/)).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => app.store.getState().dialog).toBeNull();
  expect(await ready(app)).toBe('Demo model');
});
