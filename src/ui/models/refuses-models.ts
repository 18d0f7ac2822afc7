import type { AppError } from '../../protocol/errors.ts';

/** Whether an error says that this browser can keep no models, as in a private window. */
export function refusesModels({ details }: AppError): boolean {
  return details.what === 'models';
}
