import { storedAddress } from '../../protocol/stored-address.ts';
import type { App } from '../../state/store.ts';
import { chooseModel, choseDemo, chosenModel, DEMO, mayOffer } from './chosen-model.ts';
import { importer } from './importer.ts';
import { proposeModel } from './model-subject.ts';
import { namedSource } from './named-source.ts';
import { storedOf } from './stored-of.ts';
import { transferStore } from './transfer-store.ts';

/**
 * Opens a model that a link or the build names where it was stored on an earlier visit; otherwise asks whether to get it.
 * Whoever chose the demo model is asked too: maybe the other one ended the tab.
 * @param address what offeredModel found
 * @param fromLink whether the address the page was opened with names it, so that anybody may have written it
 */
export async function offerModel({ actions, store }: App, address: string, fromLink: boolean): Promise<void> {
  const models = await importer()
    .list()
    .catch(() => []);
  const found = storedOf(address, models);
  if (found && !choseDemo()) {
    const stored = storedAddress(found.name);
    // The page has opened what was chosen already.
    if (chosenModel() !== stored) await use(actions, stored);
    return;
  }
  await dialogClosed(store);
  // Of the page's own accord nobody is kept from what they are getting, or asked what they have answered meanwhile.
  const busy = transferStore.getState().phase !== 'none' || store.getState().using !== null;
  if (!fromLink && (busy || !mayOffer(address))) return;
  const source = namedSource(address);
  const ownSite = source.kind === 'site' && new URL(source.url).origin === location.origin;
  proposeModel(actions, source, fromLink && !ownSite);
}

/** Settles once no dialog is open. */
function dialogClosed(store: App['store']): Promise<void> {
  return new Promise((resolve) => {
    const end = store.subscribe(look);
    function look() {
      if (store.getState().dialog !== null) return;
      end();
      resolve();
    }
    look();
  });
}

/** Opens a stored model, or with null that of the page, now and on the next visits. */
export function use(actions: Pick<App['actions'], 'use'>, address: string | null): Promise<void> {
  chooseModel(address ?? DEMO);
  return actions.use(address);
}
