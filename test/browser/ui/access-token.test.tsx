import { afterEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { AppError } from '../../../src/protocol/errors.ts';
import type { CheckpointSource } from '../../../src/protocol/importer-messages.ts';
import { importer } from '../../../src/ui/models/importer.ts';
import { proposeModel } from '../../../src/ui/models/model-subject.ts';
import { startTransfer } from '../../../src/ui/models/run-transfer.ts';
import { forgetTransfer } from '../../../src/ui/models/transfer-store.ts';
import { type ShownPage, showPage } from './show-page.tsx';

let shown: ShownPage | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
  forgetTransfer();
  vi.restoreAllMocks();
});

const HUB = { kind: 'hub', name: 'hf:test/kosmos-2' } as const;
const field = page.getByLabelText('Access token').first();

/** Tokens with which the hub was asked; it takes `right` alone. */
function refusing(right: string | undefined, error: AppError) {
  const tokens: (string | undefined)[] = [];
  const ask = async (source: { readonly kind: string; readonly token?: string | undefined }): Promise<never> => {
    tokens.push(source.token);
    // What comes then is another test's.
    return source.token === right ? new Promise<never>(() => {}) : Promise.reject(error);
  };
  return { tokens, ask };
}

it.each([
  ['the hub refuses the token', new AppError('CHECKPOINT_DENIED', 'Refused.')],
  ['the token may not go to a mirror', new AppError('OPTION_INVALID', 'Over https only.')],
])('where %s the field stays, with the token in it, until it is another or none', async (_, error) => {
  const { tokens, ask } = refusing(undefined, error);
  vi.spyOn(importer(), 'importCheckpoint').mockImplementation((source: CheckpointSource) => ask(source));
  shown = showPage();
  const source = { ...HUB, token: 'mistyped' };
  startTransfer({ way: { kind: 'import', source }, repository: '', name: 'a', scheme: 'q4', whole: false });
  shown.app.actions.openDialog({ kind: 'get' });
  const resume = page.getByRole('dialog', { name: 'Getting a' }).getByRole('button', { name: 'Resume' });
  await expect.element(field).toHaveValue('mistyped');
  await field.fill('wrong');
  await resume.click();
  await expect.element(page.getByRole('alert').getByText(error.message)).toBeVisible();
  await expect.element(field).toHaveValue('wrong');
  await field.fill('');
  await resume.click();
  await expect.element(field).not.toBeInTheDocument();
  expect(tokens).toEqual(['mistyped', 'wrong', undefined]);
});

it('what the hub refuses when it is looked at has a field for a token, and is looked at again with that', async () => {
  const { tokens, ask } = refusing('right', new AppError('CHECKPOINT_DENIED', 'Refused.'));
  shown = showPage();
  vi.spyOn(shown.app.actions, 'inspect').mockImplementation(ask);
  proposeModel(shown.app.actions, HUB, true);
  const dialog = page.getByRole('dialog');
  const press = (name: string) => dialog.getByRole('button', { name }).first().click();
  await press('Look at it');
  for (const token of ['wrong', 'right']) {
    await expect.element(dialog.getByRole('alert').getByText('Refused.')).toBeVisible();
    await field.fill(token);
    await press('Look again');
  }
  await expect.element(dialog.getByText(`Looking at ${HUB.name}…`)).toBeVisible();
  expect(tokens).toEqual([undefined, 'wrong', 'right']);
});
