import type { Prompt } from '../kosmos2/prompt.ts';
import {
  briefPrompt,
  captionPrompt,
  describeRegionPrompt,
  detailedPrompt,
  fewShotContext,
  findPrompt,
  groundedQuestionPrompt,
  languagePrompt,
  questionPrompt,
  rawPrompt,
  regionQuestionPrompt,
} from '../kosmos2/task-prompts.ts';
import { questionParts } from './question-region.ts';
import type { Task } from './turn.ts';

/** Tasks that one prompt about the picture asks: not those that take several, nor a closer look at a part of it. */
export type PromptTask = Exclude<Task, { readonly mode: (typeof OTHER)[number] }>;

const OTHER = ['choose', 'ground', 'closer', 'others'] as const;

export function isPromptTask(task: Task): task is PromptTask {
  return !OTHER.some((mode) => mode === task.mode);
}

/** The prompt that asks a task of an image. */
export function promptOf(task: PromptTask, image: string): Prompt {
  switch (task.mode) {
    case 'describe':
      return briefPrompt(image);
    case 'detail':
      return detailedPrompt(image);
    case 'caption':
      return captionPrompt(image);
    case 'find':
      return findPrompt(image, task.words);
    case 'refer':
      return describeRegionPrompt(image, [task.region.patches]);
    case 'plain':
    case 'fewshot':
      return questionPrompt(image, task.words);
    case 'language':
      return languagePrompt(task.words);
    case 'expert':
      return rawPrompt(image, task.words);
    case 'ask': {
      if (task.regions.length === 0) return groundedQuestionPrompt(image, task.words);
      const parts = questionParts(task.words, task.regions);
      return regionQuestionPrompt(
        image,
        parts.map((part) => (typeof part === 'string' ? part : { phrase: 'it', regions: [part.patches] })),
      );
    }
  }
}

/** What the model reads before the prompt: the examples of a few-shot question, each asked of its own image. */
export function examplesOf(task: PromptTask, image: (id: string) => string): Prompt {
  if (task.mode !== 'fewshot') return [];
  return fewShotContext(
    task.examples.map((example) => ({
      prompt: questionPrompt(image(example.image), task.words),
      answer: example.answer,
    })),
  );
}
