import { expect, it } from 'vitest';
import { requireNode } from '../../../scripts/setup.mjs';

it.each(['20.19.0', '20.20.1', '22.12.0', '22.22.0', '23.0.0', '24.1.0'])('Node %s is taken', (version) => {
  expect(() => requireNode(version)).not.toThrow();
});

it.each(['18.20.0', '20.18.3', '21.7.3', '22.11.0'])('Node %s, on which Vite does not start, is refused', (version) => {
  expect(() => requireNode(version)).toThrow(
    `needs Node 20.19 or a later 20, or 22.12 or newer, and this is Node ${version}.`,
  );
});
