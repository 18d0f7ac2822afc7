import { type RefObject, useEffect, useRef } from 'react';
import type { EvaluationPhase } from './evaluation-state.ts';

/**
 * Keeps the place of whoever goes through the page by keyboard or listens to it: what was pressed cannot be while samples are
 * read, and what ends a run goes with it, and some browsers give the focus to nothing at all.
 * @param place has the focus then; where nothing could be read, what was pressed
 */
export function useFocusKept(phase: EvaluationPhase, place: RefObject<HTMLElement | null>): void {
  const last = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      last.current = target as HTMLElement;
    };
    addEventListener('focusin', onFocus);
    return () => removeEventListener('focusin', onFocus);
  }, []);
  useEffect(() => {
    const pressed = last.current;
    const isElsewhere = ![pressed, document.body].includes(document.activeElement as HTMLElement);
    if (!pressed || isElsewhere) return;
    const isInForm = pressed.closest('fieldset') !== null;
    if ((phase === 'ready' && isInForm) || (phase === 'done' && !pressed.isConnected)) place.current?.focus();
    if (phase === 'choose' && isInForm) pressed.focus();
  }, [phase, place]);
}
