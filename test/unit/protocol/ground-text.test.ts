import { beforeAll, describe, expect, it } from 'vitest';
import { iou, unitBox } from '../../../src/kosmos2/box.ts';
import { groundText } from '../../../src/protocol/ground-text.ts';
import type { Engine } from '../../../src/runtime/engine.ts';
import { collect } from '../../support/collect.ts';
import { openDemoEngine } from '../../support/demo-engine.ts';
import { stoppedWhileReplaced } from '../../support/stopped-while-replaced.ts';

const caption = '😀 An image of a rocket and a laptop.';
const rocket = { start: 14, end: 22 };
const laptop = { start: 27, end: 35 };

describe('a text that is grounded', () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await openDemoEngine('scene-00');
  });

  it('has each phrase located where it is, with its place in the whole text', async () => {
    const found = await collect(groundText(engine, 'scene-00', caption, [laptop, rocket]));
    expect(found).toMatchObject([
      { index: 0, phrase: 'a laptop', ...laptop, complete: true },
      { index: 1, phrase: 'a rocket', ...rocket, complete: true },
    ]);
    const truth = [unitBox(0.76719, 0.65625, 0.96875, 0.92656), unitBox(0.21719, 0.58594, 0.35938, 0.77344)];
    for (const [index, { boxes, score }] of found.entries()) {
      expect(iou(boxes[0]?.box ?? unitBox(0, 0, 0, 0), truth[index] ?? unitBox(0, 0, 1, 1))).toBeGreaterThan(0.5);
      expect(score).toBeGreaterThan(0);
    }
  });

  it('is asked of the model up to the end of each object only', async () => {
    let tokens = 0;
    const counting: Pick<Engine, 'generate'> = {
      async *generate(request, signal) {
        for await (const event of engine.generate(request, signal)) {
          if (event.type === 'token') tokens += 1;
          yield event;
        }
      },
    };
    await collect(groundText(counting, 'scene-00', caption, [rocket]));
    // <object>, two corners, </object>
    expect(tokens).toBe(4);
  });

  it('ends at a stop, and leaves the engine free', async () => {
    const stop = new AbortController();
    const found = [];
    for await (const entity of groundText(engine, 'scene-00', caption, [rocket, laptop], stop.signal)) {
      found.push(entity);
      stop.abort();
    }
    expect(found).toHaveLength(1);
    expect(await collect(groundText(engine, 'scene-00', caption, [laptop]))).toHaveLength(1);
  });

  it('ends where the answer was cancelled, and says of no phrase that nothing was seen', async () => {
    let requests = 0;
    const cancelled: Pick<Engine, 'generate'> = {
      async *generate(request, signal) {
        requests += 1;
        for await (const event of engine.generate(request, signal)) {
          if (event.type !== 'result') continue;
          const grounded = { caption, answerStart: 0, entities: [] };
          yield { ...event, result: { ...event.result, grounded, finish: 'cancelled' } };
        }
      },
    };
    expect(await collect(groundText(cancelled, 'scene-00', caption, [rocket, laptop]))).toEqual([]);
    expect(requests).toBe(1);
  });

  it('ends at a stop while a lost worker is being replaced, which is told as an error', async () => {
    const stop = new AbortController();
    const grounded = groundText(stoppedWhileReplaced(stop), 'scene-00', caption, [rocket, laptop], stop.signal);
    expect(await collect(grounded)).toEqual([]);
    // Who has not stopped it asks again.
    const replaced = collect(groundText(stoppedWhileReplaced(), 'scene-00', caption, [rocket, laptop]));
    await expect(replaced).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('is refused as an AppError where a phrase lies outside of it', async () => {
    const outside = collect(groundText(engine, 'scene-00', caption, [{ start: 30, end: 90 }]));
    await expect(outside).rejects.toMatchObject({ name: 'AppError', code: 'REGION_INVALID' });
  });
});
