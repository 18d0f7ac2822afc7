import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { chosenModel } from '../../../src/ui/models/chosen-model.ts';
import { importer } from '../../../src/ui/models/importer.ts';
import { proposeModel } from '../../../src/ui/models/model-subject.ts';
import { address, forgetModelsAfterEach, openPage, ready } from './offered-models.ts';

forgetModelsAfterEach();

const NOTHING_STORED = { bytes: 0, date: 0, from: null, identities: [], manifest: null } as const;

/** Runs `work` while another window has the stored model `demo`: whatever is begun here waits for it. */
const whileInUse = (work: () => Promise<void>) => navigator.locks.request('kosmos2-model-demo', work);

it('getting a whole model anew and cancelling that leaves it; what has come of a new one is asked about, and kept', {
  timeout: 120_000,
}, async () => {
  const { app } = openPage();
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
  const { app } = openPage();
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
  const { app } = openPage();
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
  const { app } = openPage();
  await ready(app);
  const none = { kind: 'site', url: address('/models/none/') } as const;
  const dialog = page.getByRole('dialog');
  await whileInUse(async () => {
    proposeModel(app.actions, { kind: 'site', url: address('/models/demo/') });
    await dialog.getByRole('button', { name: 'Get and open' }).click();
    await expect.element(dialog.getByText(/Another window/)).toBeVisible();
    proposeModel(app.actions, none);
    await expect.element(dialog.getByRole('alert').getByText(`${none.url} was ignored`)).toBeVisible();
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await expect.element(dialog.getByText('Paused', { exact: true })).toBeVisible();
    proposeModel(app.actions, none);
    await expect.element(dialog.getByRole('alert').getByText(/neither a ready model/)).toBeVisible();
  });
});

it('checking a model says when it waits for another window, is stopped by its own button, and leaves the focus there', {
  timeout: 60_000,
}, async () => {
  const { app } = openPage();
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
