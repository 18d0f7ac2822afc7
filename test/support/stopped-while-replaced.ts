import type { EngineClient } from '../../src/protocol/client.ts';
import { AppError } from '../../src/protocol/errors.ts';

/** Fails as an engine does while a lost worker is being replaced: stopped by a person, or by another model being opened. */
export const stoppedWhileReplaced = (stop?: AbortController): Pick<EngineClient, 'generate'> => ({
  async *generate() {
    stop?.abort();
    yield await Promise.reject(new AppError('CANCELLED', 'Stopped.'));
  },
});
