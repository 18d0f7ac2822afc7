import type { CSSProperties } from 'react';

/** Colours in entities.css; after them they repeat and the number tells entities apart. */
export const ENTITY_COLOURS = 8;

/** Which colour an entity's number has, from 1. */
export function hueOf(number: number): number {
  return ((number - 1) % ENTITY_COLOURS) + 1;
}

/** Gives an element and what is inside it the colours of an entity, as `--entity` and `--tint`. */
export function entityStyle(number: number): CSSProperties {
  const hue = hueOf(number);
  return { '--entity': `var(--entity-${hue})`, '--tint': `var(--tint-${hue})` } as CSSProperties;
}
