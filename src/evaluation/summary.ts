import { append } from './append.ts';
import { firstOverlap, firstRight, type Protocol } from './metrics/box-recall.ts';
import { captionWords } from './metrics/caption-words.ts';
import { ciderScores } from './metrics/cider.ts';
import { meteorExact } from './metrics/meteor-exact.ts';
import { vqaAccuracy } from './metrics/vqa-accuracy.ts';
import type { Outcome } from './outcome.ts';
import type { CaptionSample, PhraseSample, QuestionSample, RegionSample, Sample } from './sample.ts';

/** A figure, in percent or as papers print it. */
export interface Figure {
  readonly metric: string;
  readonly value: number;
}

/** Figures of some samples, and of how many. */
export interface Figures {
  /** Samples that were answered. */
  readonly samples: number;
  /** Samples that were not: their picture was missing, say. They count nowhere else. */
  readonly failed: number;
  readonly figures: readonly Figure[];
}

export interface Summary extends Figures {
  /** The same for every category, the largest first. */
  readonly categories: readonly (Figures & { readonly category: string })[];
}

interface Judged<S extends Sample> {
  readonly sample: S;
  readonly outcome: Outcome;
}

/**
 * What a run shows so far. Outcomes of other samples are passed over.
 * @param samples all of one task
 */
export function summarise(samples: readonly Sample[], outcomes: ReadonlyMap<string, Outcome>): Summary {
  const all = samples.flatMap((sample) => {
    const outcome = outcomes.get(sample.id);
    return outcome ? [{ sample, outcome }] : [];
  });
  const byCategory = new Map<string, Judged<Sample>[]>();
  for (const one of all) {
    for (const category of one.sample.categories) append(byCategory, category, one);
  }
  const categories = [...byCategory].map(([category, some]) => ({ category, ...figuresOf(some) }));
  return { ...figuresOf(all), categories: categories.sort((a, b) => b.samples - a.samples) };
}

function figuresOf(all: readonly Judged<Sample>[]): Figures {
  const judged = all.filter(({ outcome }) => !outcome.error);
  const failed = all.length - judged.length;
  const [first] = judged;
  if (!first) return { samples: 0, failed, figures: [] };
  return { samples: judged.length, failed, figures: ofTask(first.sample.task, judged) };
}

/** @param judged samples of that task */
function ofTask(task: Sample['task'], judged: readonly Judged<Sample>[]): Figure[] {
  switch (task) {
    case 'grounding':
    case 'comprehension':
      return ofBoxes(task, judged as readonly Judged<PhraseSample>[]);
    case 'naming':
    case 'captioning':
      return ofTexts(judged as readonly Judged<CaptionSample | RegionSample>[]);
    case 'answering': {
      const accuracy = ({ sample, outcome }: Judged<QuestionSample>) => vqaAccuracy(outcome.answer, sample.people);
      return [{ metric: 'accuracy', value: percent(judged as readonly Judged<QuestionSample>[], accuracy) }];
    }
  }
}

function ofBoxes(task: 'grounding' | 'comprehension', judged: readonly Judged<PhraseSample>[]): Figure[] {
  const ranks = (protocol: Protocol, name: string) =>
    [1, 5, 10].map((k) => ({ metric: `recall@${k}${name}`, value: recall(judged, k, protocol) }));
  const rightOnes =
    task === 'comprehension'
      ? [{ metric: 'accuracy', value: recall(judged, 1, 'any') }]
      : [...ranks('any', ''), ...ranks('merged', ', merged boxes')];
  return [...rightOnes, ...ofPlaces(judged, rightOnes[0]?.metric ?? '')];
}

/** METEOR here knows equal words alone, so that it is no figure to compare with those of papers. */
function ofTexts(judged: readonly Judged<CaptionSample | RegionSample>[]): Figure[] {
  const texts = judged.map(({ sample, outcome }) => ({
    candidate: captionWords(outcome.answer),
    references: sample.references.map(captionWords),
  }));
  const cider = ciderScores(texts);
  return [
    { metric: 'CIDEr', value: (100 * cider.reduce((sum, score) => sum + score, 0)) / cider.length },
    {
      metric: 'METEOR, exact words only',
      value: percent(texts, (text) => meteorExact(text.candidate, text.references)),
    },
  ];
}

function recall(judged: readonly Judged<PhraseSample>[], k: number, protocol: Protocol): number {
  return percent(judged, ({ sample, outcome }) =>
    firstRight(outcome.boxes.slice(0, k), sample.boxes, protocol) === null ? 0 : 1,
  );
}

/**
 * How near the first boxes are; and of those with their corners between the cells that too, and how many are right.
 * @param right name of the figure that counts right first boxes
 */
function ofPlaces(judged: readonly Judged<PhraseSample>[], right: string): Figure[] {
  const overlap = (all: readonly Judged<PhraseSample>[]) =>
    percent(all, ({ sample, outcome }) => firstOverlap(outcome.boxes, sample.boxes));
  const onGrid = { metric: 'mean IoU', value: overlap(judged) };
  // A line of an earlier version that has boxes knows of no others.
  if (judged.some(({ outcome }) => outcome.boxes.length > 0 && !outcome.between)) return [onGrid];
  const between = judged.map(({ sample, outcome }) => ({
    sample,
    outcome: { ...outcome, boxes: outcome.between ?? [] },
  }));
  return [
    onGrid,
    { metric: `${right}, corners between cells`, value: recall(between, 1, 'any') },
    { metric: 'mean IoU, corners between cells', value: overlap(between) },
  ];
}

function percent<T>(items: readonly T[], share: (item: T) => number): number {
  return (100 * items.reduce((sum, item) => sum + share(item), 0)) / items.length;
}
