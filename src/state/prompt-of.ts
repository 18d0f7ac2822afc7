import type { Prompt } from '../kosmos2/prompt.ts';
import {
  briefPrompt,
  describeRegionPrompt,
  detailedPrompt,
  findPrompt,
  groundedQuestionPrompt,
  rawPrompt,
  regionQuestionPrompt,
} from '../kosmos2/task-prompts.ts';
import { questionParts } from './question-region.ts';
import type { Task } from './turn.ts';

/** The prompt that asks a task of an image. */
export function promptOf(task: Task, image: string): Prompt {
  switch (task.mode) {
    case 'describe':
      return briefPrompt(image);
    case 'detail':
      return detailedPrompt(image);
    case 'find':
      return findPrompt(image, task.words);
    case 'refer':
      return describeRegionPrompt(image, [task.region.patches]);
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
