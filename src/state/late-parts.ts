import { latePart } from '../protocol/late-part.ts';

// What the first caption does not need.

export const adding = latePart(() => import('./add-images.ts'));
export const answeringInParts = latePart(() => import('./answer-in-parts.ts'));
export const clipping = latePart(() => import('./clipboard-error.ts'));
export const remembering = latePart(() => import('./remember.ts'));
