import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeImageFile } from '../../../src/cli/decode-image.ts';
import { folderFiles } from '../../../src/cli/folder-files.ts';
import { iou, type UnitBox } from '../../../src/kosmos2/box.ts';
import { patchPairToBox } from '../../../src/kosmos2/patch-index.ts';
import { openPackage } from '../../../src/package/open-package.ts';
import type { SchemeName } from '../../../src/package/schemes.ts';
import { nodeBackend } from '../../../src/runtime/node-backend.ts';
import { openEngine } from '../../../src/runtime/open-engine.ts';
import { answer } from '../../support/answer.ts';
import { isHit, recordedAnswers, truths } from '../../support/demo-scenes.ts';
import { fixture, openFixture } from '../../support/packages.ts';

const shippedFolder = fileURLToPath(new URL('../../../public/models/demo/', import.meta.url));

interface Quality {
  readonly scheme: string;
  readonly megabytes: string;
  readonly recall: number;
  /** Mean IoU of the first box with the truth: as it is drawn, and from the centre of one cell to that of another. */
  readonly iou: number;
  readonly iouOfCells: number;
  /** Recorded answers that do not come out id by id, and the share of those that do. */
  readonly changed: readonly string[];
  readonly sameAnswers: number;
}

async function quality(scheme: SchemeName): Promise<Quality> {
  const engine = await openEngine(await openFixture('demo-model', scheme), [() => nodeBackend(1)]);
  const ask = (text: string, grammar: boolean) =>
    answer(engine, {
      prompt: [
        { kind: 'image', image: 'scene' },
        { kind: 'raw', text },
      ],
      options: { grammar },
    });
  let hits = 0;
  let [overlap, overlapOfCells] = [0, 0];
  const changed: string[] = [];
  // Scene by scene, so that each is encoded once.
  for (const scene of new Set(truths.map(({ image }) => image))) {
    engine.setImage('scene', await decodeImageFile(fixture(`demo-scenes/${scene}`)));
    for (const truth of truths.filter(({ image }) => image === scene)) {
      const { grounded } = await ask(truth.prompt, true);
      const first = grounded.entities[0]?.boxes[0];
      if (isHit(first?.box, truth)) hits += 1;
      const overlapWith = (box: UnitBox) => Math.max(...truth.boxes.map((right) => iou(box, right)));
      overlap += first ? overlapWith(first.box) : 0;
      overlapOfCells += first ? overlapWith(patchPairToBox(first)) : 0;
    }
    for (const { prompt, generated_ids } of recordedAnswers.filter(({ image }) => image === scene)) {
      const { ids } = await ask(prompt, false);
      if (ids.join() !== generated_ids.join()) changed.push(`${scene} ${prompt}`);
    }
  }
  await engine.dispose();
  return {
    scheme,
    megabytes: (engine.model.bytes / 1e6).toFixed(2),
    recall: hits / truths.length,
    iou: overlap / truths.length,
    iouOfCells: overlapOfCells / truths.length,
    changed,
    sameAnswers: 1 - changed.length / recordedAnswers.length,
  };
}

it('the shipped demo package is what the importer makes of the demo model today, byte for byte', async () => {
  const { files, scheme } = (await openPackage(folderFiles(shippedFolder))).manifest;
  const { manifest } = await openFixture('demo-model', scheme as SchemeName);
  expect(files).toEqual(manifest.files);
});

describe('over the sample scenes', () => {
  let float32: Quality;
  let shipped: Quality;
  const others: Quality[] = [];
  beforeAll(async () => {
    float32 = await quality('f32');
    shipped = await quality((await openPackage(folderFiles(shippedFolder))).manifest.scheme as SchemeName);
    // For the README's table: half a minute for what is not shipped.
    if (process.env.ALL_SCHEMES) others.push(await quality('q4'));
    console.table([float32, shipped, ...others], ['scheme', 'megabytes', 'recall', 'iou', 'iouOfCells', 'sameAnswers']);
  }, 600_000);

  it('with float32 weights every recorded answer comes out id by id', () => {
    expect(recordedAnswers.length).toBe(247);
    expect(float32.changed).toEqual([]);
  });

  it('the shipped demo package finds phrases within 2 points of float32', () => {
    expect(truths.length).toBe(143);
    expect(float32.recall).toBeGreaterThanOrEqual(0.98);
    expect(shipped.recall).toBeGreaterThanOrEqual(float32.recall - 0.02);
  });

  it('corners between cells are nearer to the truth than the centres of cells', () => {
    for (const { iou, iouOfCells } of [float32, shipped, ...others]) expect(iou).toBeGreaterThan(iouOfCells + 0.02);
  });
});
