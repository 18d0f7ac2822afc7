import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { Sample } from '../../../src/evaluation/sample.ts';
import { type Evaluation, NOTHING } from '../../../src/ui/evaluation/evaluation-state.ts';
import { Progress } from '../../../src/ui/evaluation/Progress.tsx';
import { evaluation } from '../../../src/ui/strings/evaluation.ts';
import { evaluation as german } from '../../../src/ui/strings/german/evaluation.ts';

const samples = Array.from({ length: 40 }, () => ({}) as Sample);
const NOT_KEPT = 'This browser cannot keep them: save the results before you close the page.';

it.each<[Partial<Evaluation>, string]>([
  [{ phase: 'taken' }, '7 of 40 answered, the file’s included. “Go on” asks about the others.'],
  [
    { phase: 'taken', keeps: true },
    '7 of 40 answered, the file’s included. “Go on” asks about the others. It keeps the file’s as well.',
  ],
  [
    { phase: 'taken', keeps: false },
    `7 of 40 answered, the file’s included. “Go on” asks about the others. ${NOT_KEPT}`,
  ],
  [{ phase: 'stopped' }, 'Stopped at 7 of 40.'],
  [{ phase: 'stopped', keeps: false }, `Stopped at 7 of 40. ${NOT_KEPT}`],
])('of keeping is promised only what the browser was seen to do: %o', (part, words) => {
  const shown = renderToStaticMarkup(createElement(Progress, { ...NOTHING, samples, answered: 7, ...part }));
  expect(shown).toContain(`<p>${words}</p>`);
});

it('the bar and the time left are of what is still to be asked, for what failed is asked no more', () => {
  const part = { phase: 'running', samples, answered: 7, left: 10, pace: 2 } as const;
  const shown = renderToStaticMarkup(createElement(Progress, { ...NOTHING, ...part }));
  expect(shown).toContain('<progress value="30" max="40"');
  expect(shown).toContain('<p>7 of 40 answered, about 20 seconds left.</p>');
  expect(shown).toContain('70%');
});

it.each([
  [0.4, '1 second', '1 Sekunde'],
  [95, '95 seconds', '95 Sekunden'],
  [150, '3 minutes', '3 Minuten'],
  [5400, '90 minutes', '90 Minuten'],
  [8900, '2.5 hours', '2,5 Stunden'],
])('a time left of %d seconds is told as %s: near enough to plan by', (seconds, english, deutsch) => {
  expect(evaluation.running(1, 2, seconds, null)).toBe(`1 of 2 answered, about ${english} left.`);
  expect(german.evaluation?.running?.(1, 2, seconds, null)).toBe(`1 von 2 beantwortet, noch etwa ${deutsch}.`);
});
