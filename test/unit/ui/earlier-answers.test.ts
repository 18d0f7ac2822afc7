import { afterEach, expect, it, vi } from 'vitest';
import type { Outcome } from '../../../src/evaluation/outcome.ts';
import { lastModel, rememberModel } from '../../../src/ui/evaluation/answering-model.ts';
import { withoutEarlier } from '../../../src/ui/evaluation/earlier-answers.ts';

const model = { name: 'demo', scheme: 'q8', contents: 'abc' };
const outcome = (id: string): Outcome => ({ id, answer: 'a pig', boxes: [] });

afterEach(() => vi.unstubAllGlobals());

it('answers of another model than the one that is open go; those of a file stay, for the same samples too', () => {
  const earlier = { model, outcomes: new Map(['a', 'b'].map((id) => [id, outcome(id)])) };
  const ofFile = [outcome('b'), outcome('c')].map((one) => [one.id, one] as const);
  expect(withoutEarlier(new Map([...earlier.outcomes, ...ofFile]), earlier)).toEqual(new Map(ofFile));
});

it('the model that was open last is known at its own address alone, and where storage says something else at none', () => {
  let stored: string | null = null;
  vi.stubGlobal('localStorage', {
    getItem: () => stored,
    setItem: (_key: string, value: string) => {
      stored = value;
    },
  });
  expect(lastModel('here')).toBeNull();
  rememberModel('here', { ...model, licence: 'MIT' } as typeof model);
  expect(lastModel('here')).toEqual(model);
  expect(lastModel('there')).toBeNull();
  for (const other of ['{', 'null', '{"address":"here","name":"demo"}']) {
    stored = other;
    expect(lastModel('here')).toBeNull();
  }
});
