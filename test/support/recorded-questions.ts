import { readFileSync } from 'node:fs';
import { decodeImageFile } from '../../src/cli/decode-image.ts';
import type { AnsweringEngine } from '../../src/cli/grounder.ts';
import type { GenerationRequest } from '../../src/protocol/generation.ts';
import { recordedAnswers } from './demo-scenes.ts';
import { fixture } from './packages.ts';

/** A request, its pictures named by their paths among the fixtures, and the ids that the reference gave. */
export interface RecordedQuestion {
  readonly name: string;
  readonly images: readonly string[];
  readonly request: GenerationRequest;
  readonly ids: readonly number[];
}

/** The recorded answers of the demo model, scene by scene. */
export const demoQuestions: readonly RecordedQuestion[] = recordedAnswers.map(({ image, prompt, generated_ids }) =>
  question(`${image} ${prompt}`, [{ image: `demo-scenes/${image}`, text: prompt }], generated_ids),
);

/** Checkpoints of random numbers with answers of the reference. */
export const randomCheckpoints = ['random-f32', 'random-f16-sharded', 'random-bf16'] as const;

interface ExpectedCase {
  readonly prompt?: string;
  readonly parts?: readonly Part[];
  readonly generated_ids: readonly number[];
  readonly no_repeat_ngram_size: number;
}

interface Part {
  readonly image: string;
  readonly text: string;
}

/** The recorded answers of one of the random checkpoints. */
export function randomQuestions(name: (typeof randomCheckpoints)[number]): RecordedQuestion[] {
  const folder = `reference/${name}`;
  const { image, cases } = JSON.parse(readFileSync(fixture(`${folder}/expected.json`), 'utf8'));
  return (cases as ExpectedCase[]).map((wanted) => {
    const parts = wanted.parts ?? [{ image: image as string, text: wanted.prompt as string }];
    const inFolder = parts.map((part) => ({ ...part, image: `${folder}/${part.image}` }));
    return question(wanted.prompt ?? 'two images in one sequence', inFolder, wanted.generated_ids, {
      maxNewTokens: wanted.generated_ids.length,
      noRepeatNgramSize: wanted.no_repeat_ngram_size,
      grammar: false,
    });
  });
}

function question(
  name: string,
  parts: readonly Part[],
  ids: readonly number[],
  options: GenerationRequest['options'] = {},
): RecordedQuestion {
  const prompt = parts.flatMap(({ image, text }) => [
    { kind: 'image', image } as const,
    { kind: 'raw', text } as const,
  ]);
  return { name, images: [...new Set(parts.map(({ image }) => image))], request: { prompt, options }, ids };
}

/** Asks everything at once. @returns the ids of each answer, in the order of the questions */
export async function askAll(
  engine: Omit<AnsweringEngine, 'dispose'>,
  questions: readonly RecordedQuestion[],
): Promise<(readonly number[])[]> {
  for (const image of new Set(questions.flatMap(({ images }) => images))) {
    engine.setImage(image, await decodeImageFile(fixture(image)));
  }
  const results = await Promise.all(questions.map(({ request }) => engine.answer(request)));
  return results.map(({ ids }) => ids);
}
