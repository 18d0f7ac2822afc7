import { expect, it } from 'vitest';
import { openBatchEngine } from '../../../src/runtime/batch/open-batch-engine.ts';
import { nodeBackend } from '../../../src/runtime/node-backend.ts';
import { openFixture } from '../../support/packages.ts';
import { askAll, demoQuestions, randomCheckpoints, randomQuestions } from '../../support/recorded-questions.ts';

const openBatch = async (folder: string, most: number) =>
  openBatchEngine(await openFixture(folder, 'f32'), [() => nodeBackend(1)], most);

/** Every seventh of them, then those behind: neighbours in a batch differ in picture, prompt and length. */
function mixed<T>(items: readonly T[]): T[] {
  return Array.from({ length: 7 }, (_, first) => items.filter((_, i) => i % 7 === first)).flat();
}

it('16 answers at once, in any company, are id by id the recorded answers of the demo scenes', async () => {
  const engine = await openBatch('demo-model', 16);
  const questions = mixed(demoQuestions);
  expect(await askAll(engine, questions)).toEqual(questions.map(({ ids }) => ids));
  await engine.dispose();
});

it.each(randomCheckpoints)('%s: three answers at once are id by id the reference implementation’s', async (name) => {
  const engine = await openBatch(`reference/${name}`, 3);
  const questions = mixed(randomQuestions(name));
  expect(await askAll(engine, questions)).toEqual(questions.map(({ ids }) => ids));
  await engine.dispose();
});

it('a bad request fails alone; what is asked later joins those under way; the end stops the rest', async () => {
  const engine = await openBatch('demo-model', 4);
  const [first, second] = mixed(demoQuestions).filter(({ ids }) => ids.length > 6);
  if (!first || !second) throw new Error('no long answers');
  const early = askAll(engine, [first]);
  const bad = [
    engine.answer({ prompt: [] }),
    engine.answer({ prompt: [{ kind: 'image', image: 'unknown' }, ...first.request.prompt] }),
    engine.answer({ ...first.request, options: { maxNewTokens: 0 } }),
  ].map((answer) => answer.catch(({ code }) => code));
  expect(await Promise.all(bad)).toEqual(['PROMPT_EMPTY', 'IMAGE_UNKNOWN', 'OPTION_INVALID']);
  expect(await askAll(engine, [second])).toEqual([second.ids]);
  expect(await early).toEqual([first.ids]);
  // The one that ends the work, and the next in the same moment.
  const one = { ...first.request, options: { ...first.request.options, maxNewTokens: 1 } };
  await engine.answer({ prompt: [] }).catch(() => {});
  for (const request of [one, one]) expect((await engine.answer(request)).ids).toEqual(first.ids.slice(0, 1));
  const stopped = [second, first].map(({ request }) => engine.answer(request).catch(({ code }) => code));
  // As it ends, both answers asked before it have begun.
  await engine.answer(one);
  await engine.dispose();
  expect(await Promise.all(stopped)).toEqual(['CANCELLED', 'CANCELLED']);
});
