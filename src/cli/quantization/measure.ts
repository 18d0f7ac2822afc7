import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataFolder } from '../../evaluation/datasets/data-folder.ts';
import { evaluate } from '../../evaluation/evaluate.ts';
import type { Outcome } from '../../evaluation/outcome.ts';
import type { Sample } from '../../evaluation/sample.ts';
import { summarise } from '../../evaluation/summary.ts';
import { int8Product } from '../../graph/int8-product.ts';
import { argMax } from '../../kosmos2/sampling.ts';
import { buildSequence } from '../../kosmos2/sequence.ts';
import { readSpecialTokens } from '../../kosmos2/special-tokens.ts';
import { importCheckpoint } from '../../package/import-checkpoint.ts';
import type { ModelPackage } from '../../package/model-package.ts';
import { openPackage } from '../../package/open-package.ts';
import { Engine } from '../../runtime/engine.ts';
import { pixelValues } from '../../runtime/image/pixel-values.ts';
import type { EncodedImage } from '../../runtime/image-store.ts';
import { nodeBackend } from '../../runtime/node-backend.ts';
import { openParts } from '../../runtime/open-engine.ts';
import { createCodec } from '../../runtime/tokenizer.ts';
import { decodeImageFile } from '../decode-image.ts';
import { grounderAnswers } from '../eval/grounder-answers.ts';
import { folderCheckpoint, folderFiles, folderSink } from '../folder-files.ts';
import { Grounder, oneByOne } from '../grounder.ts';
import { forcedLogits } from '../teacher-forcing.ts';
import { klDivergence } from './divergence.ts';
import type { Variant } from './variants.ts';

/** A prompt about a picture, and ids that some model once answered. */
export interface RecordedAnswer {
  readonly image: string;
  readonly prompt: string;
  readonly generated_ids: readonly number[];
}

/** What is asked of every variant. */
export interface Exam {
  /** Folder of a checkpoint in the hub's layout. */
  readonly checkpoint: string;
  readonly recorded: readonly RecordedAnswer[];
  /** Folder of the pictures of `recorded`. */
  readonly pictures: string;
  readonly samples: readonly Sample[];
  readonly folder: DataFolder;
  /** Where `folder` is. */
  readonly scenes: string;
  readonly threads: number;
}

/** What the exam showed. */
export interface Measured {
  readonly bytes: number;
  /** Of every recorded token, after the recorded ones. */
  readonly logits: readonly Float32Array[];
  /** Ids of every answer, as the model goes on by itself. */
  readonly answers: readonly string[];
  /** In percent. */
  readonly recall: number;
  readonly overlap: number;
}

/** Imports a variant into a folder that is taken away again, and examines it. @throws what import and engine throw */
export async function measureVariant(
  { name, scheme, encodings, int8 = false }: Variant,
  exam: Exam,
): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'kosmos2-quantization-'));
  try {
    const source = { repository: exam.checkpoint, revision: null };
    const options = { scheme, encodings, name, description: '', licence: 'NOASSERTION', source };
    await importCheckpoint(folderCheckpoint(exam.checkpoint), folderSink(folder), options);
    return await examine(await openPackage(folderFiles(folder)), int8, exam);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function examine(pkg: ModelPackage, int8: boolean, exam: Exam): Promise<Measured> {
  const onWasm = await nodeBackend(exam.threads);
  const backend = { ...onWasm, target: { ...onWasm.target, int8: int8 ? int8Product : undefined } };
  const { vision, decoder } = await openParts(backend, pkg);
  const codec = createCodec(pkg.tokenizer, pkg.tokenizerConfig);
  const engine = new Engine(backend, pkg, vision, decoder, codec);
  try {
    const grounder = new Grounder(oneByOne(engine), 1);
    const outcomes = new Map<string, Outcome>();
    const answerer = grounderAnswers(grounder, exam.scenes, exam.folder.names);
    for await (const outcome of evaluate(exam.samples, answerer, new AbortController().signal)) {
      outcomes.set(outcome.id, outcome);
    }
    const figure = (metric: string) => figures.find((each) => each.metric === metric)?.value ?? 0;
    const { figures } = summarise(exam.samples, outcomes);
    const answers: string[] = [];
    for (const { image, prompt } of exam.recorded) {
      const { ids } = await grounder.answer(join(exam.pictures, image), prompt, { grammar: false });
      answers.push(ids.join());
    }
    // Last, for it leaves other words in the cache than the engine knows of.
    const logits: Float32Array[] = [];
    const specials = readSpecialTokens(pkg.tokenizer);
    let shown: EncodedImage = { key: '', rows: new Float32Array(0) };
    for (const { image, prompt, generated_ids } of exam.recorded) {
      if (shown.key !== image) {
        const picture = await decodeImageFile(join(exam.pictures, image));
        shown = { key: image, rows: await vision.encode(pixelValues(picture, pkg.preprocessor)) };
      }
      const pieces = [{ kind: 'image', image } as const, { kind: 'raw', text: prompt } as const];
      const { ids, imageSpans } = buildSequence(pieces, codec, specials, pkg.config.latentQueryNum);
      const sequence = { ids: [...ids, ...generated_ids], imageSpans, images: [shown] };
      for await (const each of forcedLogits(sequence, ids.length, pkg, decoder)) logits.push(each.slice());
    }
    return { bytes: engine.model.bytes, logits, answers, recall: figure('recall@1'), overlap: figure('mean IoU') };
  } finally {
    await engine.dispose();
  }
}

/** A variant beside what it is compared with. */
export interface Compared {
  readonly name: string;
  readonly megabytes: number;
  /** Mean over the recorded tokens, in thousandths of a nat. */
  readonly divergence: number;
  /** First choices that are others, in percent. */
  readonly tokensChanged: number;
  /** Answers that come out id by id, in percent. */
  readonly sameAnswers: number;
  readonly recall: number;
  readonly overlap: number;
}

export function compare(name: string, measured: Measured, truth: Measured): Compared {
  const count = truth.logits.length;
  const pairs = truth.logits.map((logits, index) => [logits, measured.logits[index] as Float32Array] as const);
  const lost = pairs.reduce((sum, [one, other]) => sum + klDivergence(one, other), 0);
  const changed = pairs.filter(([one, other]) => argMax(one) !== argMax(other)).length;
  const same = truth.answers.filter((answer, index) => answer === measured.answers[index]).length;
  return {
    name,
    megabytes: measured.bytes / 1e6,
    divergence: (1000 * lost) / count,
    tokensChanged: (100 * changed) / count,
    sameAnswers: (100 * same) / truth.answers.length,
    recall: measured.recall,
    overlap: measured.overlap,
  };
}
