import { storedName } from '../../protocol/stored-address.ts';
import { keepWord, keptWord } from '../common/kept-word.ts';

const KEY = 'kosmos2-model';
const DECLINED = 'kosmos2-not-now';
/** So many addresses that were declined are remembered. */
const MOST_DECLINED = 20;
/** Choice of the model that comes with the page. */
export const DEMO = 'demo';

/** Address of the stored model that was used last in this browser; null for the demo model. */
export function chosenModel(): string | null {
  const address = keptWord(KEY);
  return address !== null && storedName(address) !== null ? address : null;
}

/** Whether the demo model was chosen, by a person or since another ended the tab. */
export function choseDemo(): boolean {
  return keptWord(KEY) === DEMO;
}

/** @param address of a stored model, DEMO, or null to forget what was chosen */
export function chooseModel(address: string | null): void {
  keepWord(KEY, address);
}

/** Whether a page offers the model it has: as long as no model was chosen, the demo model neither, and this one not declined. */
export function mayOffer(address: string): boolean {
  return keptWord(KEY) === null && !declined().includes(address);
}

/** Notes that a person said "Not now" to the model of an address. */
export function decline(address: string): void {
  const others = declined().filter((one) => one !== address);
  keepWord(DECLINED, [...others, address].slice(-MOST_DECLINED).join(' '));
}

/** Addresses have no spaces. */
function declined(): readonly string[] {
  return keptWord(DECLINED)?.split(' ') ?? [];
}

/** Forgets a choice that is no longer there: a browser may clear what it stores. */
export function forgetGone(address: string): void {
  if (chosenModel() === address) chooseModel(null);
}
