import { type ReactNode, useRef } from 'react';
import { imageOf } from '../../state/app-state.ts';
import { useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { EngineFailed } from './EngineFailed.tsx';
import { TurnView } from './TurnView.tsx';
import { UndoNotice } from './UndoNotice.tsx';
import { useStickToEnd } from './use-stick-to-end.ts';

/**
 * The conversation about the picture on the stage; each begins where its end is in view. What is told of a removal stays
 * with all of them: it may be the picture that is gone, and words that come with their place are not read out.
 */
export function Conversation(): ReactNode {
  const current = useApp((state) => state.current);
  return (
    <>
      <Turns key={current} />
      <UndoNotice />
    </>
  );
}

/** The turns, newest at the end. */
function Turns(): ReactNode {
  // One by one: a box that comes to the picture does not render the list again.
  const turns = useApp((state) => imageOf(state).turns);
  const isScene = useApp((state) => imageOf(state).kind === 'sample' || imageOf(state).truth !== null);
  // Once and no more: a scene that was cleared does not describe itself again.
  const greets = useApp((state) => isScene && !imageOf(state).greeted);
  const noGpu = useApp(({ engine }) => (engine.phase === 'ready' ? engine.model.backend.fallbackReason : null));
  const demo = useApp(({ using }) => using === null);
  const failed = useApp(({ engine }) => engine.phase === 'failed');
  const content = useRef<HTMLElement>(null);
  useStickToEnd(content, turns.length, failed);
  const words = strings.conversation;
  return (
    <section ref={content} className="conversation" aria-label={words.label}>
      <div className="turns">
        <EngineFailed />
        {noGpu && <p className="quiet">{words.onCpu(noGpu)}</p>}
        {demo && !isScene && <p className="quiet">{words.ownPhoto}</p>}
        {turns.length === 0 && !failed && <p className="quiet">{greets ? words.sampleWaits : words.ownWaits}</p>}
        <ol className="turns">
          {turns.map((turn) => (
            <TurnView key={turn} id={turn} />
          ))}
        </ol>
      </div>
    </section>
  );
}
