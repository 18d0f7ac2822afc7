import type { ModelInfo } from '../../protocol/messages.ts';
import * as strings from '../strings.ts';

/** What the package that comes with the page calls itself. */
const DEMO = 'Demo model';

/** The name of a model: the demo model's in the language of the page, any other's as its package has it. */
export function modelTitle(name: string): string {
  return name === DEMO ? strings.header.model : name;
}

/** What a model says of itself, the demo model in the language of the page. */
export function modelDescription({ name, description }: Pick<ModelInfo, 'name' | 'description'>): string {
  return name === DEMO ? strings.details.demo(description) : description;
}
