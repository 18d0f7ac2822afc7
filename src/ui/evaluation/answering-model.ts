import type { ModelInfo } from '../../protocol/messages.ts';
import { keepWord, keptWord } from '../common/kept-word.ts';
import type { RunPlan } from './run-plan.ts';

/** What has to be the same of two models for their answers to belong together. */
export type AnsweringModel = Pick<ModelInfo, 'name' | 'scheme' | 'contents'>;

const KEY = 'kosmos2-evaluation-model';

/** The model that was open last, so that what it answered is found before it is opened again; null where another address is asked for. */
export function lastModel(address: string): AnsweringModel | null {
  try {
    const last = JSON.parse(keptWord(KEY) ?? '') as Record<string, unknown>;
    const { name, scheme, contents } = last;
    const whole = typeof name === 'string' && typeof scheme === 'string' && typeof contents === 'string';
    if (whole && last.address === address) return { name, scheme, contents };
  } catch {
    // None was.
  }
  return null;
}

export function rememberModel(address: string, { name, scheme, contents }: AnsweringModel): void {
  keepWord(KEY, JSON.stringify({ address, name, scheme, contents }));
}

/** What has to be the same for outcomes to belong together. */
export function runKey(
  { dataset, split }: RunPlan,
  model: AnsweringModel,
  folder: string | null,
  scenes: string | null,
): string {
  return JSON.stringify([model.name, model.scheme, model.contents, dataset, split, folder, scenes]);
}
