import { createRoot } from 'react-dom/client';
import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { AppError } from '../../../src/protocol/errors.ts';
import type { StoredPackage } from '../../../src/protocol/importer-messages.ts';
import { createEngineClient } from '../../../src/protocol/worker-client.ts';
import { sampleImage } from '../../../src/state/page-image.ts';
import { createApp } from '../../../src/state/store.ts';
import { AppProvider } from '../../../src/ui/common/app-context.ts';
import { StoredModel } from '../../../src/ui/models/StoredModel.tsx';
import { beginWork } from '../../../src/ui/models/stored-work.ts';

const engine = createEngineClient(() => {
  throw new Error('The list of models asks no model.');
});
const samples = [sampleImage('a', 'a.png', 1, 1)] as const;
const app = createApp(engine, { samples, modelUrl: location.href, backend: 'wasm' });
const manifest = { name: 'A model', scheme: 'q8', licence: 'MIT', repository: 'here' };
const model = { name: 'big', bytes: 1e9, date: 0, manifest } as unknown as StoredPackage;

let close = () => {};
afterEach(() => close());

/** Opens the dialog, as far as it is about this model. */
function open(): void {
  const element = document.body.appendChild(document.createElement('ul'));
  const root = createRoot(element);
  root.render(
    <AppProvider value={app}>
      <StoredModel model={model} onDeleted={async () => {}} />
    </AppProvider>,
  );
  close = () => {
    root.unmount();
    element.remove();
  };
}

it('a check that goes on while the dialog is closed can be stopped in the next, and keeps the model from being deleted', async () => {
  let signal: AbortSignal | undefined;
  const checked = beginWork(
    model.name,
    'verify',
    (options) =>
      new Promise((_, reject) => {
        signal = options.signal;
        options.onProgress?.({ done: 1, total: 4, kept: 0, item: null });
        signal?.addEventListener('abort', () => reject(signal?.reason));
      }),
  );
  open();
  await expect.element(page.getByText('25%')).toBeVisible();
  close();
  expect(signal?.aborted).toBe(false);
  open();
  await expect.element(page.getByRole('button', { name: 'Delete' })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Stop' }).click();
  await checked;
  await expect.element(page.getByRole('button', { name: 'Check' })).toBeVisible();
  expect(signal?.aborted).toBe(true);
});

it('an export that is stopped half done says so, and one that is stopped before it began says nothing', async () => {
  open();
  const stopped = (details: Record<string, unknown>) =>
    beginWork(model.name, 'export', () => Promise.reject(new AppError('CANCELLED', 'Stopped, half done.', details)));
  await stopped({ unfinished: 'big' });
  await expect.element(page.getByRole('status')).toHaveTextContent('Stopped, half done.');
  await stopped({});
  await expect.element(page.getByRole('status')).toHaveTextContent(/^$/);
});

it('what came of a check while the dialog was closed is told in the next one, and not again', async () => {
  open();
  const check = page.getByRole('button', { name: 'Check' });
  await expect.element(check).toBeVisible();
  // In one task, before anything can come of it.
  (check.element() as HTMLElement).click();
  close();
  open();
  const told = page.getByText(/No model is stored/);
  await expect.element(told).toBeVisible();
  close();
  open();
  await expect.element(check).toBeVisible();
  await expect.element(told).not.toBeInTheDocument();
});
