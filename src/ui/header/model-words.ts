import type { ModelInfo } from '../../protocol/messages.ts';
import * as strings from '../strings.ts';

/** What the package that comes with the page calls itself. */
const DEMO = 'Demo model';

/** Name and description of a model: the demo model's in the language of the page, any other's as its package has them. */
export function modelWords({ name, description }: ModelInfo): Pick<ModelInfo, 'name' | 'description'> {
  if (name !== DEMO) return { name, description };
  return { name: strings.header.model, description: strings.details.demo(description) };
}
