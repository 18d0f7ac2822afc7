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
import { aroundRegion } from './question-region.ts';
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
      if (!task.region) return groundedQuestionPrompt(image, task.words);
      const { before, after } = aroundRegion(task.words);
      return regionQuestionPrompt(image, { before, phrase: 'it', regions: [task.region.patches], after });
    }
  }
}
