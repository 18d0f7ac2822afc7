import { type ReactNode, startTransition, useEffect, useState } from 'react';
import { afterFrame } from './after-frame.ts';

interface Props {
  /** Frames of the page to wait for. */
  readonly frames: number;
  /** What keeps their place until then, so that nothing moves when they come. */
  readonly meanwhile?: ReactNode;
  readonly children: ReactNode;
}

/**
 * Puts its children on the page once what stands there has been laid out and painted, so that a slow processor is never
 * busy for long. Those that wait for different numbers of frames come one after another.
 */
export function Later({ frames, meanwhile = null, children }: Props): ReactNode {
  const [passed, setPassed] = useState(0);
  const due = passed >= frames;
  useEffect(() => (due ? undefined : afterFrame(() => startTransition(() => setPassed(passed + 1)))), [due, passed]);
  return due ? children : meanwhile;
}
