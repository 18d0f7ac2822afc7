import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as strings from '../../../src/ui/all-strings.ts';
import { failureWords } from '../../../src/ui/evaluation/failure-words.ts';
import { SampleWords } from '../../../src/ui/evaluation/SampleWords.tsx';
import { sentence } from '../../../src/ui/strings/german/errors.ts';

beforeEach(() => {
  vi.spyOn(strings.errors, 'sentence').mockImplementation(sentence);
});
afterEach(() => {
  vi.restoreAllMocks();
});

it('a failed sample is told in the language of the page, whose sentence needs no value', () => {
  const error = { code: 'IMAGE_DAMAGED', message: 'a.png is damaged.' };
  const sample = { id: '1', image: 'a.png', task: 'captioning', categories: [], references: ['a cat'] } as const;
  const words = createElement(SampleWords, { sample, outcome: { id: '1', answer: '', boxes: [], error } });
  expect(renderToString(words)).toContain('Das Bild ist beschädigt, unvollständig oder');
});

it.each([
  ['what the page has said itself', 'IMAGE_UNKNOWN', 'Das Bild a.png liegt nicht im Ordner.'],
  ['what has no sentence without values', 'IMAGE_TOO_LARGE', 'The image has too many pixels.'],
  ['a failure of another version', 'constructor', 'Something new.'],
])('%s stays as it was kept', (_, code, message) => {
  expect(failureWords({ code, message })).toBe(message);
});
