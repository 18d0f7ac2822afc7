import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENTITY_COLOURS } from '../../../src/ui/common/entity-style.ts';

const sheets = ['tokens.css', 'entities.css'].map((name) =>
  readFileSync(new URL(`../../../src/ui/styles/${name}`, import.meta.url), 'utf8').split('@media'),
);
const light = sheets.map(([text]) => text).join('\n');
const dark = sheets.map(([, text]) => text).join('\n');

const schemes = { light: colours(light), dark: { ...colours(light), ...colours(dark) } };

/** Custom properties that hold a colour in hexadecimal, as three channels in 0..1. */
function colours(text: string): Record<string, readonly number[]> {
  return Object.fromEntries(
    [...text.matchAll(/(--[\w-]+):\s*#([0-9a-f]{3,6});/g)].map(([, name = '', hex = '']) => {
      const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
      return [name, [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16) / 255)];
    }),
  );
}

/** Contrast ratio of WCAG 2.2, 1 to 21. */
function contrast(a: readonly number[] | undefined, b: readonly number[] | undefined): number {
  if (!a || !b) throw new Error('a colour is missing');
  const luminance = (colour: readonly number[]) => {
    const [red = 0, green = 0, blue = 0] = colour.map((value) =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

describe.each(Object.entries(schemes))('the %s colours', (_, scheme) => {
  it('read at 4.5:1 on the tint behind a phrase, on the panel, and under the words of a label', () => {
    for (let hue = 1; hue <= ENTITY_COLOURS; hue++) {
      const entity = scheme[`--entity-${hue}`];
      for (const ground of [`--tint-${hue}`, '--panel', '--on-entity']) {
        expect(contrast(entity, scheme[ground]), `entity ${hue} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it.each([
    ['--text', '--panel'],
    ['--muted', '--panel'],
    ['--muted', '--raised'],
    ['--on-accent', '--accent'],
    ['--on-inverse', '--inverse'],
    ['--bad', '--panel'],
    ['--text', '--bad-tint'],
  ])('%s reads at 4.5:1 on %s', (text, ground) => {
    expect(contrast(scheme[text], scheme[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it('show the border of the field and the accent at 3:1', () => {
    for (const name of ['--line-strong', '--accent']) {
      expect(contrast(scheme[name], scheme['--panel'])).toBeGreaterThanOrEqual(3);
    }
  });
});
