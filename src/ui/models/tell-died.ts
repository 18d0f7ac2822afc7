import { AppError } from '../../protocol/errors.ts';
import { storedName } from '../../protocol/stored-address.ts';
import type { App } from '../../state/store.ts';

/** Says why the page begins with the demo model, and how to try the other again. */
export function tellDied({ actions }: App, address: string): void {
  const model = storedName(address) ?? address;
  const message = `The page ended while it opened the model “${model}”, most likely for lack of memory, so the demo model runs instead. It is still stored: close other tabs and use it again under Models, or get a smaller one.`;
  actions.tell(new AppError('OUT_OF_MEMORY', message, { model }));
}
