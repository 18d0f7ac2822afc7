import { type ReactNode, useEffect } from 'react';
import { batchProgress } from '../../state/ask-all.ts';
import { useApp } from './app-context.ts';
import { keepFocus } from './keep-focus.ts';
import { useAwake } from './use-awake.ts';

/** What watches over the page once there is something to lose: the focus of what is taken away, and a screen that would sleep. */
export default function AfterFirstAnswer(): ReactNode {
  useEffect(() => keepFocus(document.body), []);
  useAwake(useApp((state) => batchProgress(state) !== null));
  return null;
}
