import { beforeAll, describe, expect, it } from 'vitest';
import { GRID, PATCH_COUNT } from '../../../src/kosmos2/patch-index.ts';
import { briefPrompt, findPrompt } from '../../../src/kosmos2/task-prompts.ts';
import type { GenerationEvent, GenerationRequest, GenerationResult } from '../../../src/protocol/generation.ts';
import type { Engine } from '../../../src/runtime/engine.ts';
import { collect } from '../../support/collect.ts';
import { openDemoEngine } from '../../support/demo-engine.ts';

type TokenEvent = Extract<GenerationEvent, { type: 'token' }>;

describe('the trace of an answer', () => {
  let engine: Engine;
  let tokens: TokenEvent[];
  let result: GenerationResult;

  async function run(request: GenerationRequest): Promise<{ tokens: TokenEvent[]; result: GenerationResult }> {
    const events = await collect(engine.generate(request));
    const last = events.at(-1);
    if (last?.type !== 'result') throw new Error('no result');
    return { tokens: events.filter((event) => event.type === 'token'), result: last.result };
  }

  beforeAll(async () => {
    engine = await openDemoEngine('scene-06');
    ({ tokens, result } = await run({ prompt: briefPrompt('scene-06'), trace: true }));
  });

  it('changes nothing about the answer, and is there only where it was asked for', async () => {
    const plain = await run({ prompt: briefPrompt('scene-06') });
    expect(plain.result.ids).toEqual(result.ids);
    for (const [index, { probability }] of plain.tokens.entries()) {
      // One was read with the image, the other behind its cached rows: the sums are rounded in another order.
      expect(probability).toBeCloseTo(tokens[index]?.probability ?? 0, 4);
    }
    expect(plain.tokens.every(({ trace }) => trace === null)).toBe(true);
    expect(tokens.every(({ trace }) => trace !== null)).toBe(true);
  });

  it('spells the answer token by token', () => {
    const spelt = tokens.map(({ text }) => text).join('');
    expect(spelt).toMatch(/^<phrase> [a-z ]*pigs?<\/phrase><object><patch_index_\d{4}><patch_index_\d{4}>/);
    expect(spelt.endsWith('</s>')).toBe(true);
  });

  it('shows the prompt as the model reads it, an image as its two tags', async () => {
    const events = await collect(engine.generate({ prompt: findPrompt('scene-06', 'a pig'), trace: true }));
    const prompts = events.filter((event) => event.type === 'prompt');
    expect(prompts.map(({ tokens: read }) => read.map(({ text }) => text).join(''))).toEqual([
      '<s><image></image><grounding><phrase> a pig</phrase>',
    ]);
  });

  it('lists the likeliest tokens first, the written one among them with its probability', () => {
    for (const { id, text, probability, trace } of tokens) {
      const shown = trace?.alternatives ?? [];
      const shares = shown.map((one) => one.probability);
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
      expect(shown.length).toBeGreaterThan(0);
      expect(shown.length).toBeLessThanOrEqual(5);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-6);
      expect(shown[0]).toMatchObject({ id, text });
      expect(shown[0]?.probability).toBeCloseTo(probability, 9);
    }
  });

  it('maps every location token, and no other, over the grid: shares that sum to 1, the written cell the likeliest', () => {
    for (const { text, trace } of tokens) {
      const cell = /^<patch_index_(\d{4})>$/.exec(text);
      expect(trace?.locations === null).toBe(cell === null);
      expect(trace?.corner === null).toBe(cell === null);
      const locations = trace?.locations;
      if (!cell || !locations) continue;
      expect(locations).toHaveLength(PATCH_COUNT);
      expect(locations.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      expect(locations.indexOf(Math.max(...locations))).toBe(Number(cell[1]));
    }
  });

  it('gives cells above or to the left of the first corner no share of the second', () => {
    const corners = tokens.filter(({ trace }) => trace?.corner?.corner === 'lowerRight');
    expect(corners.length).toBeGreaterThanOrEqual(3);
    for (const { trace, grounded } of corners) {
      const { entity, box } = trace?.corner ?? { entity: -1, box: -1 };
      const upperLeft = grounded.entities[entity]?.boxes[box]?.upperLeft ?? 0;
      for (const [cell, share] of (trace?.locations ?? new Float32Array()).entries()) {
        const before = cell % GRID < upperLeft % GRID || Math.floor(cell / GRID) < Math.floor(upperLeft / GRID);
        if (before) expect(share).toBe(0);
      }
    }
  });

  it('says which corner of which box a token is, so that a box finds its own two maps', () => {
    const named = tokens.flatMap(({ text, trace }) => (trace?.corner ? [{ ...trace.corner, text }] : []));
    const boxes = result.grounded.entities.flatMap(({ index, boxes }) => boxes.map((box, i) => ({ index, i, box })));
    expect(named).toHaveLength(boxes.length * 2);
    for (const { index, i, box } of boxes) {
      for (const corner of ['upperLeft', 'lowerRight'] as const) {
        const token = named.find((one) => one.entity === index && one.box === i && one.corner === corner);
        expect(token?.text).toBe(`<patch_index_${String(box[corner]).padStart(4, '0')}>`);
      }
    }
  });

  it('leaves the sampled token out where it was not among the likeliest', async () => {
    const { tokens: sampled } = await run({
      prompt: findPrompt('scene-06', 'pig'),
      options: { temperature: 5, seed: 3, maxNewTokens: 40 },
      trace: true,
    });
    for (const { id, trace } of sampled) {
      const shown = trace?.alternatives ?? [];
      const rank = shown.findIndex((one) => one.id === id);
      expect(shown.length).toBe(new Set(shown.map((one) => one.id)).size);
      expect(rank >= 0 || shown.length === 5).toBe(true);
    }
    expect(sampled.some(({ id, trace }) => trace?.alternatives.every((one) => one.id !== id))).toBe(true);
  });
});
