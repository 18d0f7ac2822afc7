import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGrounder } from '../../../../src/cli/engine-options.ts';
import { openInput } from '../../../../src/cli/ground/inputs.ts';
import { type LongRun, longRun } from '../../../../src/cli/ground/long-run.ts';
import { WHOLE } from '../../../../src/cli/ground/shard.ts';
import { fixture } from '../../../support/packages.ts';
import { root } from '../../../support/run-cli.ts';

const model = join(root, 'public/models/demo');

export const caption = 'a rocket, a cactus and a ghost';
export const rows = [
  { image: 'scene-00.png', prompt: '<grounding>An image of' },
  { image: 'scene-00.png', caption },
  { image: 'missing.png', prompt: '<grounding>An image of' },
  { image: 'scene-01.png', caption: 'nothing to see' },
  { image: null, prompt: 'a' },
  { image: 'scene-01.png', prompt: '<grounding>An image of' },
];

export interface Line {
  readonly index: number;
  readonly image: string | null;
  readonly width?: number;
  readonly height?: number;
  readonly caption: string;
  readonly ids?: readonly number[];
  readonly text?: string;
  readonly finish?: string;
  readonly entities: {
    phrase: string;
    start: number;
    end: number;
    boxes: number[][];
    score: number;
    scores: number[];
  }[];
  readonly error?: string;
  readonly code?: string;
}

const opened = () => openGrounder({ model, threads: '1' });

/** Long runs of the demo model over two scenes, by default of `rows`, each into a folder of its name in `folder`. */
export function longRuns() {
  const folder = mkdtempSync(join(tmpdir(), 'kosmos2-run-'));
  const images = join(folder, 'images');
  mkdirSync(images);
  for (const name of ['scene-00.png', 'scene-01.png']) copyFileSync(fixture(`demo-scenes/${name}`), join(images, name));
  writeFileSync(join(folder, 'rows.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

  async function run(out: string, changed: Partial<LongRun> = {}, grounder = opened): Promise<string> {
    const inputPath = join(folder, 'rows.jsonl');
    const prompt = '<grounding>An image of';
    const input = await openInput({ path: inputPath, images, prompt });
    const decoding = { maxNewTokens: 40 };
    const settings = {
      model,
      inputPath,
      input,
      prompt,
      shard: WHOLE,
      resume: false,
      formats: ['jsonl'] as const,
      decoding,
    };
    let told = '';
    const output = { write: (text: string) => (told += text) };
    await longRun({ ...settings, out: join(folder, out), ...changed }, grounder, output);
    return told;
  }

  function answers(out: string): Line[] {
    const text = readFileSync(join(folder, out, 'answers.jsonl'), 'utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  }

  return { folder, images, run, answers };
}
