import type { Prompt } from '../kosmos2/prompt.ts';
import { aroundRegion } from './question-region.ts';
import type { Task } from './turn.ts';

/** The prompt that asks a task of an image. */
export function promptOf(task: Task, image: string): Prompt {
  const g = [{ kind: 'image', image }, { kind: 'grounding' }] as const;
  switch (task.mode) {
    case 'describe':
      return [...g, { kind: 'text', text: 'An image of' }];
    case 'detail':
      return [...g, { kind: 'text', text: 'Describe this image in detail:' }];
    case 'find':
      return [...g, { kind: 'phrase', text: task.words }];
    case 'refer':
      return [
        ...g,
        { kind: 'phrase', text: 'It' },
        { kind: 'regions', boxes: [task.region.patches] },
        { kind: 'text', text: 'is' },
      ];
    case 'expert':
      return [
        { kind: 'image', image },
        { kind: 'raw', text: task.words },
      ];
    case 'ask': {
      if (!task.region) return [...g, { kind: 'text', text: `Question: ${task.words} Answer:` }];
      const { before, after } = aroundRegion(task.words);
      return [
        ...g,
        { kind: 'text', text: `Question: ${before}` },
        { kind: 'phrase', text: 'it' },
        { kind: 'regions', boxes: [task.region.patches] },
        { kind: 'text', text: `${after} Answer:` },
      ];
    }
  }
}
