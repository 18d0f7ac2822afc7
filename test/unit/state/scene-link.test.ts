import { describe, expect, it } from 'vitest';
import { newImage, sampleImage } from '../../../src/state/page-image.ts';
import { readSceneLink, writeSceneLink } from '../../../src/state/scene-link.ts';
import type { Task } from '../../../src/state/turn.ts';

const samples = [sampleImage('a', 'a.png', 1, 1), sampleImage('b', 'b.png', 1, 1)] as const;
const own = newImage({ id: 'own', kind: 'own', name: '', url: 'blob:x', blob: null, width: 1, height: 1 });
const images = [...samples, own];

describe('a link to a scene', () => {
  it('leads back to the same question, whatever its words', () => {
    const words = 'What is "on" the left & right? <grounding> #1 ä 🐢 +%20';
    const tasks: readonly Task[] = [
      { mode: 'describe' },
      { mode: 'find', words },
      { mode: 'ask', words, regions: [] },
      { mode: 'expert', words },
    ];
    for (const task of tasks) {
      const link = writeSceneLink(task, samples[1], images);
      expect(readSceneLink(link ?? '', 2)).toEqual({
        sample: 2,
        mode: task.mode,
        words: 'words' in task ? task.words : '',
      });
    }
  });

  it('never names a picture of a person, a region of it, or an endless prompt', () => {
    expect(writeSceneLink({ mode: 'describe' }, own, images)).toBeNull();
    expect(writeSceneLink({ mode: 'find', words: 'x'.repeat(1001) }, samples[0], images)).toBeNull();
    expect(writeSceneLink({ mode: 'ground', words: 'a cat', spans: [] }, samples[0], images)).toBeNull();
  });

  it('refuses everything that is no such link', () => {
    for (const fragment of [
      '',
      '#',
      '#sample=0',
      '#sample=3',
      '#sample=-1',
      '#sample=1e0',
      '#sample=1.5',
      '#sample= 1',
      '#mode=ask&q=hello',
      '#sample=1&mode=constructor',
      '#sample=1&mode=choose&q=x',
      `#sample=1&q=${'x'.repeat(1001)}`,
      '#%E0%A4%A',
    ]) {
      expect(readSceneLink(fragment, 2), fragment).toBeNull();
    }
  });

  it('describes where it names no more than the sample', () => {
    expect(readSceneLink('#sample=1', 2)).toEqual({ sample: 1, mode: 'describe', words: '' });
  });
});
