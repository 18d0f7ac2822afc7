import { modelName } from '../../protocol/model-name.ts';
import type { App } from '../../state/store.ts';
import { chooseModel } from './chosen-model.ts';
import { importer } from './importer.ts';

/** Name under which the model at an address is stored. */
export function storedNameOf(address: string): string {
  return modelName(new URL(address).pathname.split('/').filter(Boolean).at(-1) ?? '');
}

/** Opens a hosted model that was stored on an earlier visit; otherwise asks whether to get it. */
export async function offerModel({ actions }: App, address: string): Promise<void> {
  const name = storedNameOf(address);
  const models = await importer()
    .list()
    .catch(() => []);
  if (models.some((model) => model.name === name && model.manifest !== null)) await use(actions, `stored:${name}`);
  else actions.openDialog({ kind: 'offer', address });
}

/** Opens a stored model, now and on the next visits. */
export function use(actions: App['actions'], address: string): Promise<void> {
  chooseModel(address);
  return actions.use(address);
}
