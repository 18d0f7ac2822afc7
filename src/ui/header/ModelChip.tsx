import { type ReactNode, useDeferredValue } from 'react';
import { useApp } from '../common/app-context.ts';
import { modelTitle } from '../common/model-words.ts';
import * as strings from '../strings.ts';
import { engineState } from './engine-state.ts';
import { ModelDetails } from './ModelDetails.tsx';

const DETAILS_ID = 'model-details';

/** What is running, in one line; opened, in full. */
export function ModelChip(): ReactNode {
  const engine = useApp((state) => state.engine);
  const state = useApp(engineState);
  const demo = useApp(({ using }) => using === null);
  // In a task of its own: nobody opens it in the moment in which the model is ready.
  const detailed = useDeferredValue(engine);
  const words = strings.header;
  return (
    <>
      <button type="button" className="chip" popoverTarget={DETAILS_ID} title={words.chipLabel}>
        <span className="dot" data-state={state} />
        <span className="chip-words" role="status">
          {engine.phase === 'loading' && strings.loading(engine.progress, engine.backend, demo).words}
          {engine.phase === 'failed' && words.failed}
          {engine.phase === 'ready' && (
            <>
              <strong>{modelTitle(engine.model.name)}</strong> · {words.bytes(engine.model.bytes)} ·{' '}
              {words.backend(engine.model.backend)}
            </>
          )}
        </span>
      </button>
      <ModelDetails id={DETAILS_ID} model={detailed.phase === 'ready' ? detailed.model : null} />
    </>
  );
}
