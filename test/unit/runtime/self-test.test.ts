import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeImageBytes } from '../../../src/cli/decode-image.ts';
import { readSpecialTokens } from '../../../src/kosmos2/special-tokens.ts';
import type { ModelPackage } from '../../../src/package/model-package.ts';
import type { BackendInfo } from '../../../src/protocol/messages.ts';
import { nodeBackend } from '../../../src/runtime/node-backend.ts';
import { openEngine } from '../../../src/runtime/open-engine.ts';
import { hasAnother, isSound, refuseUnsound, selfTestName, WASM_POSITIONS } from '../../../src/runtime/self-test.ts';
import { findSelfTestCase } from '../../../src/runtime/self-test-cases.ts';
import { VisionEncoder } from '../../../src/runtime/vision-encoder.ts';
import { answer } from '../../support/answer.ts';
import { recordedAnswers } from '../../support/demo-scenes.ts';
import { fixture, openFixture } from '../../support/packages.ts';

const folder = new URL('../../../public/self-test/', import.meta.url);
const official = JSON.parse(readFileSync(fixture('reference/official/snowman.json'), 'utf8'));

/** The folder as a site serves it. */
async function caseOf(repository: string, text = readFileSync(new URL('cases.json', folder), 'utf8')) {
  const served = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(text));
  try {
    return await findSelfTestCase('https://site.example/self-test/', repository);
  } finally {
    served.mockRestore();
  }
}

async function recorded(repository: string) {
  const found = await caseOf(repository);
  if (!found) throw new Error(`no case for ${repository}`);
  const file = readFileSync(new URL(found.picture.split('/').at(-1) ?? '', folder));
  return { found, file, picture: await decodeImageBytes(file) };
}

describe('the recorded cases the site ships', () => {
  it('are the official one, word for word', async () => {
    const { found, file } = await recorded('microsoft/kosmos-2-patch14-224');
    const [{ ids }] = official.cases;
    expect(found.ids).toEqual(ids);
    // Behind `<image>`, and from the first `<phrase>` on.
    expect(ids[found.imageStart - 1]).toBe(64003);
    expect(ids[found.answerStart]).toBe(64007);
    expect(ids.indexOf(64007)).toBe(found.answerStart);
    expect(file.equals(readFileSync(fixture('reference/official/snowman.jpg')))).toBe(true);
  });

  it('are one of the demo model', async () => {
    const { found, file } = await recorded('demo-model');
    const [first] = recordedAnswers;
    expect(found.ids.slice(found.answerStart)).toEqual(first?.generated_ids);
    expect(file.equals(readFileSync(fixture(`demo-scenes/${first?.image}`)))).toBe(true);
  });

  it('do not exist for other models', async () => {
    expect(await caseOf('someone/else')).toBeNull();
  });

  it.each([
    ['ids that are no numbers', { picture: 'a.png', ids: ['1', 2, 3], imageStart: 0, answerStart: 1 }],
    ['a picture elsewhere', { picture: '//evil.example/a.png', ids: [1, 2, 3], imageStart: 0, answerStart: 1 }],
    ['an answer before its picture', { picture: 'a.png', ids: [1, 2, 3], imageStart: 1, answerStart: 1 }],
    ['an answer behind its end', { picture: 'a.png', ids: [1, 2, 3], imageStart: 1, answerStart: 3 }],
    ['nothing', null],
  ])('are refused with %s', async (_, entry) => {
    await expect(caseOf('x', JSON.stringify({ x: entry }))).rejects.toMatchObject({ code: 'PACKAGE_FILE_INVALID' });
  });
});

describe('the demo model', () => {
  let pkg: ModelPackage;
  let engine: Awaited<ReturnType<typeof openEngine>>;
  beforeAll(async () => {
    pkg = await openFixture('demo-model', 'q8');
    engine = await openEngine(pkg, [() => nodeBackend(1)]);
  });
  afterAll(() => engine.dispose());

  it('agrees with every token of its recorded answer, of which tags do not count', async () => {
    const { found, picture } = await recorded('demo-model');
    const { phrase, endPhrase, object, endObject } = readSpecialTokens(pkg.tokenizer);
    const tags = [phrase, endPhrase, object, endObject];
    const countOf = (most: number) =>
      found.ids.slice(found.answerStart, found.answerStart + most).filter((id) => !tags.includes(id)).length;
    const whole = countOf(1000);
    expect(whole).toBe(21);
    expect(await engine.selfTest(found, picture, 1000)).toEqual({ positions: whole, agreed: whole });
    const part = countOf(24);
    expect(await engine.selfTest(found, picture, 24)).toEqual({ positions: part, agreed: part });
  });

  it.each([
    ['zeros', (rows: Float32Array) => rows.fill(0)],
    ['numbers that mean nothing', (rows: Float32Array) => rows.map((_, index) => Math.sin(index * index))],
    ['its rows in another order', (rows: Float32Array) => rows.reverse()],
  ])('fails on a device whose vision gives %s', async (_, broken) => {
    const { found, picture } = await recorded('demo-model');
    const { encode } = VisionEncoder.prototype;
    const blind = vi.spyOn(VisionEncoder.prototype, 'encode').mockImplementation(async function (
      this: VisionEncoder,
      pixels,
    ) {
      return broken(await encode.call(this, pixels));
    });
    try {
      for (const most of [1000, WASM_POSITIONS]) {
        const agreement = await engine.selfTest(found, picture, most);
        expect(agreement && isSound(agreement), JSON.stringify(agreement)).toBe(false);
      }
    } finally {
      blind.mockRestore();
    }
  });

  it('gives way to a question, which is answered right', async () => {
    const { found, picture } = await recorded('demo-model');
    const [first] = recordedAnswers;
    engine.setImage('scene', picture);
    const testing = engine.selfTest(found, picture, 1000);
    const { ids } = await answer(engine, {
      prompt: [
        { kind: 'image', image: 'scene' },
        { kind: 'raw', text: first?.prompt ?? '' },
      ],
    });
    expect(await testing).toBeNull();
    expect(ids).toEqual(first?.generated_ids);
  });

  it('fails where attention computes wrong', async () => {
    const { found, picture } = await recorded('demo-model');
    const weights = new Map(pkg.weights);
    for (const [name, weight] of pkg.weights) {
      if (/text_model.*q_proj\.weight$/.test(name)) weights.set(name.replace('q_proj', 'out_proj'), weight);
    }
    const broken = await openEngine({ ...pkg, weights }, [() => nodeBackend(1)]);
    const agreement = await broken.selfTest(found, picture, 1000);
    await broken.dispose();
    expect(agreement).not.toBeNull();
    expect(agreement && isSound(agreement), JSON.stringify(agreement)).toBe(false);
  });

  it('is refused where it failed before, and the next backend is taken, at last one that failed too', async () => {
    const failed: SelfTestNames = new Set();
    const memory = { recall: async (name: string) => (failed.has(name) ? false : null), remember: async () => {} };
    const info = (adapter: string) => ({ ...engine.model.backend, adapter });
    const on = (adapter: string) => async () => ({ ...(await nodeBackend(1)), info: info(adapter) });
    const open = async (...adapters: string[]) => {
      const opened = await openEngine(pkg, adapters.map(on), {
        refuse: (backend) => refuseUnsound(memory, selfTestName(pkg, backend.info, '1'), backend.info),
      });
      await opened.dispose();
      return opened.model.backend.adapter;
    };
    failed.add(selfTestName(pkg, info('first'), '1'));
    failed.add(selfTestName(pkg, info('last'), '1'));
    expect(await open('first', 'second')).toBe('second');
    expect(await open('second', 'first')).toBe('second');
    expect(await open('first', 'last')).toBe('last');
  });
});

type SelfTestNames = Set<string>;

it('half the tokens are enough, for quantization; less means broken numbers', () => {
  expect(isSound({ positions: 21, agreed: 11 })).toBe(true);
  expect(isSound({ positions: 21, agreed: 10 })).toBe(false);
});

it('another way is left after 16-bit numbers, and after the GPU unless it was asked for', () => {
  const on = (kind: BackendInfo['kind'], activation: BackendInfo['activation']) =>
    ({ kind, activation }) as BackendInfo;
  expect(hasAnother(on('webgpu', 'f16'), 'webgpu')).toBe(true);
  expect(hasAnother(on('webgpu', 'f32'), 'auto')).toBe(true);
  expect(hasAnother(on('webgpu', 'f32'), 'webgpu')).toBe(false);
  expect(hasAnother(on('wasm', 'f32'), 'auto')).toBe(false);
});
