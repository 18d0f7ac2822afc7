import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeImageFile } from '../../../src/cli/decode-image.ts';
import { folderFiles } from '../../../src/cli/folder-files.ts';
import type { Prompt } from '../../../src/kosmos2/prompt.ts';
import { openPackage } from '../../../src/package/open-package.ts';
import type { GenerationEvent } from '../../../src/protocol/generation.ts';
import type { Engine } from '../../../src/runtime/engine.ts';
import type { RgbImage } from '../../../src/runtime/image/pixels.ts';
import { nodeBackend } from '../../../src/runtime/node-backend.ts';
import { openEngine } from '../../../src/runtime/open-engine.ts';
import { answer } from '../../support/answer.ts';
import { fixture, openFixture } from '../../support/packages.ts';

const demo = fileURLToPath(new URL('../../../public/models/demo/', import.meta.url));

/** `<s> <image>`, 64 rows, `</image>`. */
const IMAGE_PREFIX = 67;

function about(image: string, text: string): Prompt {
  return [
    { kind: 'image', image },
    { kind: 'raw', text },
  ];
}

const brief = '<grounding> An image of';
const left = '<grounding> Question: What is on the left? Answer:';

describe('the engine with the shipped demo model', () => {
  let engine: Engine;
  let scenes: RgbImage[];

  async function freshEngine(): Promise<Engine> {
    const fresh = await openEngine(await openPackage(folderFiles(demo)), [() => nodeBackend(1)]);
    fresh.setImage('a', scenes[0] as RgbImage);
    fresh.setImage('b', scenes[1] as RgbImage);
    return fresh;
  }

  async function eventsOf(prompt: Prompt): Promise<GenerationEvent[]> {
    const events: GenerationEvent[] = [];
    for await (const event of engine.generate({ prompt })) events.push(event);
    return events;
  }

  beforeAll(async () => {
    scenes = await Promise.all(
      ['scene-00.png', 'scene-01.png'].map((name) => decodeImageFile(fixture(`demo-scenes/${name}`))),
    );
    engine = await freshEngine();
  });

  it('a follow-up question prefills only its own words and gets the answer a fresh engine gives', async () => {
    const first = await answer(engine, { prompt: about('a', brief) });
    expect(first.timings.reusedTokens).toBe(0);
    const followUp = await answer(engine, { prompt: about('a', left) });
    expect(followUp.timings.reusedTokens).toBeGreaterThanOrEqual(IMAGE_PREFIX);
    const fresh = await answer(await freshEngine(), { prompt: about('a', left) });
    expect(fresh.timings.reusedTokens).toBe(0);
    expect(followUp.ids).toEqual(fresh.ids);
  });

  it('the first question about a prepared image costs only its own words', async () => {
    const plain = await answer(engine, { prompt: about('b', left) });
    const fresh = await freshEngine();
    await fresh.prepare('b');
    const { ids, timings } = await answer(fresh, { prompt: about('b', left) });
    expect(timings.image).toBe(0);
    expect(timings.reusedTokens).toBe(IMAGE_PREFIX);
    expect(ids).toEqual(plain.ids);
  });

  it('preparing the image of a conversation leaves what was read of it', async () => {
    const asked = await answer(engine, { prompt: about('a', left) });
    await engine.prepare('a');
    const again = await answer(engine, { prompt: about('a', left) });
    expect(again.timings.reusedTokens).toBeGreaterThan(IMAGE_PREFIX);
    expect(again.ids).toEqual(asked.ids);
  });

  it('preparing gives way to a question, which is answered right', async () => {
    const plain = await answer(engine, { prompt: about('a', left) });
    const fresh = await freshEngine();
    const preparing = fresh.prepare('b');
    const { ids } = await answer(fresh, { prompt: about('a', left) });
    await preparing;
    expect(ids).toEqual(plain.ids);
  });

  it('freed while it prepares an image and once more after, it ends both times', async () => {
    const fresh = await freshEngine();
    const preparing = fresh.prepare('b');
    await Promise.all([fresh.dispose(), fresh.dispose()]);
    await preparing;
    await fresh.dispose();
  });

  it('an image that was left is read from its kept prefix when it comes back', async () => {
    await answer(engine, { prompt: about('a', brief) });
    await answer(engine, { prompt: about('b', brief) });
    const back = await answer(engine, { prompt: about('a', left) });
    expect(back.timings.reusedTokens).toBe(IMAGE_PREFIX);
    const fresh = await answer(await freshEngine(), { prompt: about('a', left) });
    expect(back.ids).toEqual(fresh.ids);
  });

  it('an image is encoded once, whatever is asked about it', async () => {
    engine.setImage('once', scenes[0] as RgbImage);
    expect((await eventsOf(about('once', brief))).filter(({ type }) => type === 'image')).toHaveLength(1);
    expect((await eventsOf(about('once', left))).filter(({ type }) => type === 'image')).toHaveLength(0);
  });

  it('another picture under the same id shares nothing with the one before', async () => {
    engine.setImage('again', scenes[0] as RgbImage);
    const first = await answer(engine, { prompt: about('again', brief) });
    engine.setImage('again', scenes[1] as RgbImage);
    const second = await answer(engine, { prompt: about('again', brief) });
    expect(second.timings.reusedTokens).toBeLessThan(IMAGE_PREFIX);
    expect(second.ids).not.toEqual(first.ids);
    expect(second.ids).toEqual((await answer(engine, { prompt: about('b', brief) })).ids);
  });

  it('a question whose picture is replaced or dropped meanwhile is about the one it was asked about, wherever it stands', async () => {
    const prompt = [...about('changing', left), ...about('changing', brief)];
    engine.setImage('changing', scenes[0] as RgbImage);
    const { ids } = await answer(engine, { prompt });
    for (const change of [
      () => engine.setImage('changing', scenes[1] as RgbImage),
      () => engine.dropImage('changing'),
    ]) {
      engine.setImage('changing', scenes[0] as RgbImage);
      const events: GenerationEvent['type'][] = [];
      for await (const event of engine.generate({ prompt })) {
        if (event.type === 'image') change();
        if (event.type === 'image' || event.type === 'result') events.push(event.type);
        if (event.type === 'result') expect(event.result.ids).toEqual(ids);
      }
      expect(events).toEqual(['image', 'result']);
    }
  });

  it('going back to an earlier image gives its earlier answer', async () => {
    const before = await answer(engine, { prompt: about('a', brief) });
    await answer(engine, { prompt: about('b', brief) });
    expect((await answer(engine, { prompt: about('a', brief) })).ids).toEqual(before.ids);
  });

  it('stops at the next token, keeps what was written, and answers the next question undisturbed', async () => {
    const whole = await answer(engine, { prompt: about('a', brief) });
    const stop = new AbortController();
    let tokens = 0;
    for await (const event of engine.generate({ prompt: about('a', brief) }, stop.signal)) {
      if (event.type === 'token' && ++tokens === 3) stop.abort();
      if (event.type === 'result') {
        expect(event.result.finish).toBe('cancelled');
        expect(event.result.ids).toEqual(whole.ids.slice(0, 3));
      }
    }
    expect((await answer(engine, { prompt: about('a', brief) })).ids).toEqual(whole.ids);
  });

  it('a stop is heard before every picture of a prompt, and leaves what was read of the conversation', async () => {
    const fresh = await freshEngine();
    fresh.setImage('c', scenes[0] as RgbImage);
    await answer(fresh, { prompt: about('a', brief) });
    const stop = new AbortController();
    const encoded: string[] = [];
    const prompt = ['b', 'c'].flatMap((image) => about(image, brief));
    for await (const event of fresh.generate({ prompt }, stop.signal)) {
      // As a message that has arrived while the picture before was encoded, and is heard between the two.
      if (event.type === 'image' && event.image === 'c') setImmediate(() => stop.abort());
      if (event.type === 'image') encoded.push(event.image);
      if (event.type === 'result') expect(event.result).toMatchObject({ finish: 'cancelled', ids: [] });
    }
    expect(encoded).toEqual(['b', 'c']);
    const next: string[] = [];
    for await (const event of fresh.generate({ prompt: about('c', brief) }))
      if (event.type === 'image') next.push(event.image);
    expect(next).toEqual(['c']);
    await fresh.dispose();
  });

  it('a question that is stopped before it begins costs no token', async () => {
    for await (const event of engine.generate({ prompt: about('a', brief) }, AbortSignal.abort())) {
      expect(event.type).toBe('result');
      if (event.type === 'result') expect(event.result).toMatchObject({ finish: 'cancelled', ids: [], answer: '' });
    }
  });

  it('two questions at once are answered one after the other, both right', async () => {
    const one = await answer(engine, { prompt: about('a', brief) });
    const two = await answer(engine, { prompt: about('b', brief) });
    const both = await Promise.all([
      answer(engine, { prompt: about('a', brief) }),
      answer(engine, { prompt: about('b', brief) }),
    ]);
    expect(both.map(({ ids }) => ids)).toEqual([one.ids, two.ids]);
  });

  it('what is stopped while it waits behind a question ends at once, and its turn goes to the next', async () => {
    const one = await answer(engine, { prompt: about('a', brief) });
    const two = await answer(engine, { prompt: about('b', brief) });
    const stop = new AbortController();
    let ended = false;
    const first = answer(engine, { prompt: about('a', brief) }).finally(() => {
      ended = true;
    });
    const choices = [[{ kind: 'text', text: 'A castle' } as const]];
    const stopped = Promise.all([
      answer(engine, { prompt: about('b', brief) }, stop.signal),
      engine.score({ prompt: about('b', left), choices }, stop.signal).catch(({ code }) => code),
      engine.prepare('b', stop.signal),
    ]);
    const next = answer(engine, { prompt: about('b', brief) });
    stop.abort();
    expect(await stopped).toMatchObject([{ finish: 'cancelled', ids: [], answer: '' }, 'CANCELLED', undefined]);
    expect(ended).toBe(false);
    expect([(await first).ids, (await next).ids]).toEqual([one.ids, two.ids]);
  });

  it('answers from the words alone where there is no image', async () => {
    const { ids, timings } = await answer(engine, { prompt: [{ kind: 'text', text: 'Question: What is this?' }] });
    expect(ids.length).toBeGreaterThan(0);
    expect(timings.image).toBe(0);
  });

  it('sampling with one seed repeats itself, with another it differs', async () => {
    const sample = (seed: number) =>
      answer(engine, { prompt: about('a', brief), options: { temperature: 3, seed, maxNewTokens: 12 } });
    const first = (await sample(7)).ids;
    expect((await sample(7)).ids).toEqual(first);
    expect((await sample(8)).ids).not.toEqual(first);
  });

  it('typed tags stay words: they neither end the answer nor make boxes', async () => {
    const typed = '</s><object><patch_index_0000><patch_index_0001></object>';
    const { grounded } = await answer(engine, {
      prompt: [
        { kind: 'image', image: 'a' },
        { kind: 'text', text: typed },
      ],
      options: { maxNewTokens: 1 },
    });
    expect(grounded.entities).toEqual([]);
    expect(grounded.caption).toContain('object');
  });

  it('a prompt that would overflow the KV cache is refused with its length and the limit', async () => {
    await expect(answer(engine, { prompt: about('a', 'dog '.repeat(800)) })).rejects.toMatchObject({
      code: 'PROMPT_TOO_LONG',
      details: { limit: engine.model.maxTokens - 1 },
    });
    await expect(answer(engine, { prompt: about('a', 'x'.repeat(10_001)) })).rejects.toMatchObject({
      code: 'PROMPT_TOO_LONG',
    });
  });

  it('an empty prompt, an unknown image and an impossible option are refused by name', async () => {
    const refusals = [
      [{ prompt: about('a', '   ') }, 'PROMPT_EMPTY'],
      [{ prompt: about('nowhere', brief) }, 'IMAGE_UNKNOWN'],
      [{ prompt: about('a', brief), options: { maxNewTokens: 0 } }, 'OPTION_INVALID'],
      [{ prompt: about('a', 'An <image> of') }, 'PROMPT_FORBIDDEN_TOKEN'],
    ] as const;
    for (const [request, code] of refusals) await expect(answer(engine, request)).rejects.toMatchObject({ code });
  });
});

it('an answer that reaches the end of the KV cache ends there', async () => {
  const engine = await openEngine(await openFixture('reference/random-f32', 'f32'), [() => nodeBackend(1)]);
  const { finish, timings } = await answer(engine, {
    prompt: [{ kind: 'text', text: 'the' }],
    options: { maxNewTokens: 4096, noRepeatNgramSize: 3, grammar: false },
  });
  expect(finish).toBe('capacity');
  // The last token is chosen from the logits of the last position and needs none itself.
  expect(timings.promptTokens + timings.newTokens).toBe(engine.model.maxTokens + 1);
});
