import type { EngineClient } from '../../src/protocol/client.ts';
import { AppError } from '../../src/protocol/errors.ts';

/** Fails as an engine does that is stopped while a lost worker is being replaced. */
export const stoppedWhileReplaced: Pick<EngineClient, 'generate'> = {
  async *generate() {
    yield await Promise.reject(new AppError('CANCELLED', 'Stopped.'));
  },
};
