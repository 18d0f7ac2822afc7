import { type ReactNode, useEffect } from 'react';
import { keepFocus } from './keep-focus.ts';

/** Where something that has the focus is taken away, the focus goes to what is nearest to it. */
export default function KeepFocus(): ReactNode {
  useEffect(() => keepFocus(document.body), []);
  return null;
}
