import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { ModelChoice } from '../../../src/protocol/inspection.ts';
import { storageFailure } from '../../../src/storage/opfs.ts';
import { importer } from '../../../src/ui/models/importer.ts';
import { proposeModel } from '../../../src/ui/models/model-subject.ts';
import { offerModel } from '../../../src/ui/models/offer-model.ts';
import { address, forgetModelsAfterEach, openPage, ready } from './offered-models.ts';

forgetModelsAfterEach();

it('where nothing can be stored, no dialog promises it: each says why, and getting a model cannot be begun', {
  timeout: 60_000,
}, async () => {
  const { app } = openPage();
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
  expect(dialog.element().textContent).not.toMatch(/Kept on disk|another day|Free here/);
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
  const { app } = openPage();
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
    'Open without storing: The model needs 3.00 GB of memory; this device has about 2.00 GB. Use a smaller model.',
  ]);
  await expect.element(dialog.getByRole('button', { name: 'Get and open' })).toBeVisible();
  app.actions.closeDialog();
  await told({ verdicts: [verdict(3e9, 2e9)], whenStored: [verdict(3e9, 2e9)] });
  await expect.element(dialog.getByRole('button', { name: 'Get it anyway' })).toBeVisible();
  expect(words()).toEqual(['The model needs 3.00 GB of memory; this device has about 2.00 GB. Use a smaller model.']);
});
