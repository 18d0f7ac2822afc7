import { afterEach, expect, it } from 'vitest';
import type { Sample } from '../../src/evaluation/sample.ts';
import { AppError } from '../../src/protocol/errors.ts';
import { answerRest } from '../../src/ui/evaluation/answer-rest.ts';
import { type Evaluation, NOTHING } from '../../src/ui/evaluation/evaluation-state.ts';
import { forgetRun } from '../../src/ui/evaluation/kept-outcomes.ts';

const RUN = 'answer-rest-test';

afterEach(() => forgetRun(RUN));

it('a run that ends has nothing left to ask, also where samples failed, which the next run asks about again', async () => {
  const samples = ['a', 'b', 'c', 'd'].map(
    (id): Sample => ({ id, image: `${id}.png`, task: 'captioning', references: ['a pig'], categories: [] }),
  );
  const lacking = new Set(['b.png', 'd.png']);
  const answerer = {
    atOnce: 1,
    async answer(image: string) {
      if (lacking.has(image)) throw new AppError('IMAGE_DAMAGED', 'No picture.');
      return { answer: 'a pig', grounded: { caption: 'a pig', answerStart: 0, entities: [] } };
    },
  };
  let state: Evaluation = { ...NOTHING, samples };
  const told: (readonly [answered: number, left: number])[] = [];
  const change = (part: Partial<Evaluation>) => {
    state = { ...state, ...part };
    told.push([state.answered, state.left]);
  };
  await answerRest(state, RUN, answerer, change, new AbortController().signal);
  expect([told[0], told.at(-1)]).toEqual([
    [0, 4],
    [2, 0],
  ]);
  told.length = 0;
  lacking.delete('b.png');
  await answerRest(state, RUN, answerer, change, new AbortController().signal);
  expect([told[0], told.at(-1)]).toEqual([
    [2, 2],
    [3, 0],
  ]);
});
