import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ModelChoice } from '../../../src/protocol/inspection.ts';
import { storageFailure } from '../../../src/storage/opfs.ts';
import { chooseModel, chosenModel, DEMO, decline, mayOffer } from '../../../src/ui/models/chosen-model.ts';
import { importer } from '../../../src/ui/models/importer.ts';
import { proposeModel } from '../../../src/ui/models/model-subject.ts';
import { offerModel } from '../../../src/ui/models/offer-model.ts';
import { type ShownPage, showPage } from './show-page.tsx';

let shown: ShownPage | null = null;

afterEach(async () => {
  shown?.close();
  shown = null;
  for (const kept of ['kosmos2-model', 'kosmos2-not-now']) localStorage.removeItem(kept);
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await importer().remove('demo');
});

const address = (path: string) => new URL(path, location.href).href;

async function ready(app: ShownPage['app']): Promise<string> {
  await expect.poll(() => app.store.getState().engine.phase, { timeout: 60_000 }).toBe('ready');
  const { engine } = app.store.getState();
  return engine.phase === 'ready' ? engine.model.name : '';
}

it('a hosted model is got and opened when the person says so, and the next time without asking', {
  timeout: 120_000,
}, async () => {
  shown = showPage();
  const { app } = shown;
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
  shown = showPage();
  const { app } = shown;
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

const NOTHING_STORED = { bytes: 0, date: 0, from: null, identities: [], manifest: null } as const;

/** Runs `work` while another window has the stored model `demo`: whatever is begun here waits for it. */
const whileInUse = (work: () => Promise<void>) => navigator.locks.request('kosmos2-model-demo', work);

it('getting a whole model anew and cancelling that leaves it; what has come of a new one is asked about, and kept', {
  timeout: 120_000,
}, async () => {
  shown = showPage();
  const { app } = shown;
  await ready(app);
  const demo = { kind: 'site', url: address('/models/demo/') } as const;
  const dialog = page.getByRole('dialog');
  const press = (name: string) => dialog.getByRole('button', { name, exact: true }).click();
  await whileInUse(async () => {
    proposeModel(app.actions, demo);
    await press('Get and open');
    await press('Cancel');
    await expect.element(dialog.getByRole('group', { name: 'Delete what has come so far?' })).toHaveFocus();
    await press('Keep it');
    await expect.element(dialog.getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await press('Pause');
    await press('Cancel');
    await press('Keep it');
    await expect.element(dialog.getByText('Open this model?')).toBeVisible();
  });
  await importer().copyPackage(demo, 'demo');
  await press('Close');
  await whileInUse(async () => {
    proposeModel(app.actions, demo);
    await press('Get it anew');
    await expect.element(dialog.getByText(/Another window/)).toBeVisible();
    await press('Cancel');
    await expect.element(dialog.getByRole('button', { name: 'Open now' })).toBeVisible();
  });
  expect(await importer().list()).toMatchObject([{ name: 'demo', manifest: { name: 'Demo model' } }]);
});

it('leaving a model that takes the place of a whole one asks first where that has begun', {
  timeout: 60_000,
}, async () => {
  shown = showPage();
  const { app } = shown;
  await ready(app);
  const source = { kind: 'site', url: address('/models/demo/') } as const;
  await importer().copyPackage(source, 'demo');
  const dialog = page.getByRole('dialog');
  const press = (name: string) => dialog.getByRole('button', { name, exact: true }).click();
  proposeModel(app.actions, source);
  await whileInUse(async () => {
    await press('Get it anew');
    await expect.element(dialog.getByText(/Another window/)).toBeVisible();
    const models = await (await navigator.storage.getDirectory()).getDirectoryHandle('kosmos2-models');
    await (await models.getDirectoryHandle('demo')).removeEntry('manifest.json');
    await press('Cancel');
    const question = dialog.getByRole('group', { name: /stays unfinished until/ });
    await expect.element(question).toHaveFocus();
    await press('Not now');
    await expect.element(dialog.getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await press('Cancel');
    await press('Leave it unfinished');
    await expect.element(dialog.getByText('Open this model?')).toBeVisible();
  });
});

it('a model that is whole in the moment it is stopped to be deleted is not opened', { timeout: 60_000 }, async () => {
  shown = showPage();
  const { app } = shown;
  await ready(app);
  vi.spyOn(importer(), 'copyPackage').mockImplementation(
    (_source, name, options) =>
      new Promise((resolve) => {
        options?.signal?.addEventListener('abort', () => resolve({ ...NOTHING_STORED, name }));
      }),
  );
  const remove = vi.spyOn(importer(), 'remove');
  const dialog = page.getByRole('dialog');
  const press = (name: string) => dialog.getByRole('button', { name, exact: true }).click();
  proposeModel(app.actions, { kind: 'site', url: address('/models/demo/') });
  for (const button of ['Get and open', 'Cancel', 'Delete']) await press(button);
  await expect.element(dialog.getByText('Open this model?')).toBeVisible();
  expect(remove).toHaveBeenCalledWith('demo');
  expect(app.store.getState().using).toBeNull();
  expect(chosenModel()).toBeNull();
});

it('a model that is named while another comes is told to wait, and looked at once that one is paused', {
  timeout: 60_000,
}, async () => {
  shown = showPage();
  const { app } = shown;
  await ready(app);
  const none = { kind: 'site', url: address('/models/none/') } as const;
  const dialog = page.getByRole('dialog');
  await whileInUse(async () => {
    proposeModel(app.actions, { kind: 'site', url: address('/models/demo/') });
    await dialog.getByRole('button', { name: 'Get and open' }).click();
    await expect.element(dialog.getByText(/Another window/)).toBeVisible();
    proposeModel(app.actions, none);
    await expect.element(dialog.getByRole('alert').getByText(`${none.url} was not looked at`)).toBeVisible();
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await expect.element(dialog.getByText('Paused', { exact: true })).toBeVisible();
    proposeModel(app.actions, none);
    await expect.element(dialog.getByRole('alert').getByText(/neither a ready model/)).toBeVisible();
  });
});

it('a model of the page’s own site is offered once no dialog is open, and declined for good', {
  timeout: 60_000,
}, async () => {
  shown = showPage();
  const { app } = shown;
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
  shown = showPage();
  const { app } = shown;
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
  shown = showPage();
  const { app } = shown;
  await ready(app);
  await importer().copyPackage({ kind: 'site', url: address('/models/demo/') }, 'demo');
  chooseModel(DEMO);
  await offerModel(app, address('/models/demo/'), true);
  expect(app.store.getState().using).toBeNull();
  await page.getByRole('dialog').getByRole('button', { name: 'Open now' }).click();
  await expect.poll(() => app.store.getState().using).toBe('stored:demo');
  expect(chosenModel()).toBe('stored:demo');
});

it('checking a model says when it waits for another window, is stopped by its own button, and leaves the focus there', {
  timeout: 60_000,
}, async () => {
  shown = showPage();
  const { app } = shown;
  await ready(app);
  await importer().copyPackage({ kind: 'site', url: address('/models/demo/') }, 'demo');
  await page.getByTitle('What is running').click();
  await page.getByRole('button', { name: 'Models…' }).click();
  await whileInUse(async () => {
    await page.getByRole('button', { name: 'Check' }).click();
    await expect.element(page.getByText(/Another window/)).toBeVisible();
    await page.getByRole('list', { name: 'Models on this device' }).getByRole('button', { name: 'Stop' }).click();
    await expect.element(page.getByRole('button', { name: 'Check' })).toHaveFocus();
    await expect.element(page.getByText(/Another window/)).not.toBeInTheDocument();
  });
  await page.getByRole('button', { name: 'Check' }).click();
  await expect.element(page.getByText('Every byte is right.')).toBeVisible();
  // The dialog was opened from what the chip of the header opens, which is closed by now.
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByTitle('What is running')).toHaveFocus();
});

it('a repository of the hub that a link names is proposed before anybody is asked, and opened where it is stored', {
  timeout: 60_000,
}, async () => {
  shown = showPage();
  const { app } = shown;
  await ready(app);
  const inspect = vi.spyOn(app.actions, 'inspect');
  await offerModel(app, 'hf:test/kosmos-2', true);
  await expect.element(page.getByRole('dialog').getByText(/names a model at hf:test\/kosmos-2\. Nobody/)).toBeVisible();
  expect(inspect).not.toHaveBeenCalled();
  await page.getByRole('button', { name: 'Close' }).click();

  await importer().copyPackage({ kind: 'site', url: address('/models/demo/') }, 'demo');
  const [demo] = await importer().list();
  const list = vi.spyOn(importer(), 'list');
  if (demo?.manifest) {
    list.mockResolvedValue([{ ...demo, manifest: { ...demo.manifest, repository: 'test/kosmos-2' } }]);
  }
  await offerModel(app, 'hf:test/kosmos-2@another', true);
  await expect.element(page.getByRole('dialog').getByText(/Nobody there has been asked/)).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await offerModel(app, 'hf:test/kosmos-2', true);
  expect(app.store.getState().using).toBe('stored:demo');
});

it('a repository of the hub that the build names and that was declined is still led to by the dialog for getting one', {
  timeout: 60_000,
}, async () => {
  vi.stubEnv('VITE_MODEL_URL', 'hf:test/kosmos-2');
  shown = showPage();
  const { app } = shown;
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
  shown = showPage();
  const { app } = shown;
  await ready(app);
  await offerModel(app, address('/models/none/'), true);
  await expect.element(page.getByRole('alert').getByText(/neither a ready model/)).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  expect(app.store.getState().dialog).toBeNull();
  expect(await ready(app)).toBe('Demo model');
});

it('where nothing can be stored, no dialog promises it: each says why, and getting a model cannot be begun', {
  timeout: 60_000,
}, async () => {
  shown = showPage();
  const { app } = shown;
  await ready(app);
  vi.spyOn(importer(), 'list').mockRejectedValue(storageFailure(new Error('there is no private file system')));
  const dialog = page.getByRole('dialog');
  const sentence = /^This window cannot keep models \(there is no private file system\)/;
  proposeModel(app.actions, { kind: 'site', url: address('/models/demo/') });
  await expect.element(dialog.getByRole('alert')).toHaveTextContent(sentence);
  const get = dialog.getByRole('button', { name: 'Get and open' });
  await expect.element(get).toBeDisabled();
  await expect.element(get).toHaveAccessibleDescription(sentence);
  await expect.element(dialog.getByRole('button', { name: 'Open without storing' })).toBeEnabled();
  await dialog.getByRole('button', { name: 'Not now' }).click();
  for (const kind of ['get', 'models'] as const) {
    if (kind === 'get') proposeModel(app.actions);
    else app.actions.openDialog({ kind });
    await expect.element(dialog.getByRole('alert').getByText(sentence)).toBeVisible();
    expect(dialog.element().textContent).not.toContain('stays in this browser');
    app.actions.closeDialog();
  }
});

it('a model that has not the memory to be opened without storing says so beside that button alone', {
  timeout: 120_000,
}, async () => {
  shown = showPage();
  const { app } = shown;
  await ready(app);
  const url = address('/models/demo/');
  const real = await app.actions.inspect({ kind: 'site', url });
  const verdict = (needed: number, has: number) => ({ kind: 'missing', what: 'memory', needed, has }) as const;
  const told = (choice: Partial<ModelChoice>) => {
    const choices = [{ ...real.choices[0], verdicts: [], whenStored: [], ...choice }] as const;
    vi.spyOn(app.actions, 'inspect').mockResolvedValue({ ...real, choices });
    return offerModel(app, url, true);
  };
  const dialog = page.getByRole('dialog', { name: 'Open this model?' });
  const words = () => [...dialog.element().querySelectorAll('.verdict, .verdicts li')].map((one) => one.textContent);
  await told({ verdicts: [verdict(3e9, 2e9)] });
  await expect.element(dialog.getByRole('button', { name: 'Open without storing' })).toBeVisible();
  expect(words()).toEqual([
    'Open without storing: The model needs 3.00 GB of memory, this device has about 2.00 GB. Use a smaller model.',
  ]);
  await expect.element(dialog.getByRole('button', { name: 'Get and open' })).toBeVisible();
  app.actions.closeDialog();
  await told({ verdicts: [verdict(3e9, 2e9)], whenStored: [verdict(3e9, 2e9)] });
  await expect.element(dialog.getByRole('button', { name: 'Get it anyway' })).toBeVisible();
  expect(words()).toEqual(['The model needs 3.00 GB of memory, this device has about 2.00 GB. Use a smaller model.']);
});
