import type { ReactNode } from 'react';

const HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;

/** Eight places by which a shape is resized, named by compass; the stage hears the pointer on them. */
export function Handles(): ReactNode {
  return HANDLES.map((handle) => <span key={handle} data-handle={handle} />);
}
