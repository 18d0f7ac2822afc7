import { useEffect } from 'react';
import { keepAwake } from './keep-awake.ts';

/** Keeps the device awake while something goes on that nobody touches the page for. */
export function useAwake(busy: boolean): void {
  useEffect(() => (busy ? keepAwake() : undefined), [busy]);
}
