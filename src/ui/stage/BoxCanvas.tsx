import './konva-first.ts';

import type { ReactNode } from 'react';
import { useApp } from '../common/app-context.ts';
import { PaintedBoxes, type PaintedBoxesProps } from './PaintedBoxes.tsx';

/** The painted boxes of the page: where a person points paints them again, and renders nothing of the stage around them. */
export default function BoxCanvas(props: Omit<PaintedBoxesProps, 'pointed' | 'selected' | 'picked'>): ReactNode {
  const pointed = useApp((state) => state.pointed);
  const selected = useApp((state) => state.selected);
  const picked = useApp((state) => state.picked);
  return <PaintedBoxes {...props} pointed={pointed} selected={selected} picked={picked} />;
}
