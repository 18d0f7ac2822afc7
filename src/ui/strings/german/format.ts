/** Numbers as the page writes them in German. */
import { size } from '../format.ts';

export const comma = (value: string) => value.replace('.', ',');

export const sekunden = (milliseconds: number) => {
  const value = milliseconds / 1000;
  if (value < 0.005) return '<0,01';
  if (value < 0.1) return comma(value.toFixed(2));
  return value < 10 ? comma(value.toFixed(1)) : value.toFixed(0);
};

export const prozent = (value: number) =>
  value >= 0.001 ? `${comma((100 * value).toFixed(value < 0.1 ? 1 : 0))} %` : '<0,1 %';

export const menge = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;

export const umfang = (bytes: number) => comma(size(bytes));

/** What a model runs on. The CPU comes with its threads in English; a GPU has the same name everywhere. */
export const worauf = (adapter: string) => adapter.replace(/^CPU, (\d+) thread/, 'CPU, $1 Thread');
