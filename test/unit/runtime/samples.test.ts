import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeImageBytes } from '../../../src/cli/decode-image.ts';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { briefPrompt } from '../../../src/kosmos2/task-prompts.ts';
import type { Engine } from '../../../src/runtime/engine.ts';
import { isKind } from '../../../src/scenes/kinds.ts';
import { scoreDescription } from '../../../src/scenes/score.ts';
import type { KnownThing } from '../../../src/scenes/truth.ts';
import { answer } from '../../support/answer.ts';
import { openDemoEngine } from '../../support/demo-engine.ts';
import { fixture } from '../../support/packages.ts';

interface Scene {
  readonly image: string;
  readonly objects: readonly { readonly name: string; readonly box: readonly [number, number, number, number] }[];
}

const folder = new URL('../../../public/samples/', import.meta.url);
const scenes = readFileSync(fixture('demo-scenes/scenes.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Scene);

/** What is on a picture, which is one of the recorded scenes. */
function thingsOn(picture: Buffer): KnownThing[] {
  const scene = scenes.find(({ image }) => picture.equals(readFileSync(fixture(`demo-scenes/${image}`))));
  return (scene?.objects ?? []).map(({ name, box }) => {
    if (!isKind(name)) throw new Error(`${name} is no kind of the scenes`);
    return { kind: name, box: unitBox(...box) };
  });
}

let engine: Engine;
beforeAll(async () => {
  engine = await openDemoEngine();
});
afterAll(() => engine.dispose());

it.each(readdirSync(folder))(
  'the sample %s is described with all of its things, every box in its place',
  async (file) => {
    const picture = readFileSync(new URL(file, folder));
    const things = thingsOn(picture);
    expect(things.length).toBeGreaterThan(2);
    engine.setImage('sample', await decodeImageBytes(picture));
    const { grounded } = await answer(engine, { prompt: briefPrompt('sample') });
    const { boxes, missed } = scoreDescription(grounded.entities, things);
    expect(missed, grounded.caption).toEqual([]);
    expect(boxes, grounded.caption).toEqual({ right: things.length, of: things.length });
  },
);
