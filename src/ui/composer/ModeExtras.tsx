import type { ReactNode } from 'react';
import { useApp } from '../common/app-context.ts';
import { late } from '../common/late.tsx';
import { Choices } from './Choices.tsx';
import { Examples } from './Examples.tsx';
import { TagBar } from './TagBar.tsx';

// It brings the library that finds noun phrases.
const Phrases = late(() => import('./Phrases.tsx'));

/** What some modes need besides words. */
export function ModeExtras(): ReactNode {
  const mode = useApp((state) => state.draft.mode);
  if (mode === 'choose') return <Choices />;
  if (mode === 'fewshot') return <Examples />;
  if (mode === 'expert') return <TagBar />;
  return mode === 'ground' && <Phrases />;
}
