import { type UnitBox, unitBox } from '../kosmos2/box.ts';
import { finiteNumbers, ImportedFields, parseJson, refuse } from '../kosmos2/formats/imported.ts';
import { firstRight } from './metrics/box-recall.ts';
import { vqaAccuracy } from './metrics/vqa-accuracy.ts';
import type { Sample } from './sample.ts';

/** What came of a sample: one line of a run's file. */
export interface Outcome {
  /** Of the sample. */
  readonly id: string;
  /** What the model wrote, as far as it is judged. */
  readonly answer: string;
  /** Boxes it gave to the phrase asked for, in its order: on the grid, as the paper's are. */
  readonly boxes: readonly UnitBox[];
  /** The same boxes with their corners between the cells; lines of before this was told have none. */
  readonly between?: readonly UnitBox[] | undefined;
  /** Why it has no answer: code and sentence. */
  readonly error?: { readonly code: string; readonly message: string };
}

const MOST_BOXES = 1000;

/** Whether there is no need to ask about a sample; what failed may be there by the next time. */
export function isAnswered({ id }: Pick<Sample, 'id'>, outcomes: ReadonlyMap<string, Outcome>): boolean {
  const outcome = outcomes.get(id);
  return outcome !== undefined && outcome.error === undefined;
}

/**
 * How right an answer is, in 0..1: whether its first box is, or how many people gave it. Null for texts, which are judged
 * all together, and for what failed.
 */
export function rightness(sample: Sample, { answer, boxes, error }: Outcome): number | null {
  if (error) return null;
  switch (sample.task) {
    case 'grounding':
    case 'comprehension':
      return firstRight(boxes.slice(0, 1), sample.boxes, 'any') === 1 ? 1 : 0;
    case 'answering':
      return vqaAccuracy(answer, sample.people);
    case 'naming':
    case 'captioning':
      return null;
  }
}

export function writeOutcome({ id, answer, boxes, between, error }: Outcome): string {
  const rounded = (some: readonly UnitBox[]) => some.map((box) => box.map((side) => Math.round(side * 1e6) / 1e6));
  const placed = between?.length ? { between: rounded(between) } : {};
  return JSON.stringify({ id, answer, boxes: rounded(boxes), ...placed, ...(error && { error }) });
}

/** Reads a line that `writeOutcome` wrote, or that somebody says it did. @throws Kosmos2Error ANNOTATION_INVALID */
export function readOutcome(line: string, place: string): Outcome {
  const value = parseJson(line, place);
  const fields = new ImportedFields(value, place);
  const id = fields.text('id');
  if (id === '') refuse(`${place} has no id.`, { place });
  const boxesOf = (name: string) =>
    fields.list(name, MOST_BOXES).map((box): UnitBox => {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = finiteNumbers(box, 4, `${place}: a box`);
      return unitBox(x1, y1, x2, y2);
    });
  const boxes = boxesOf('boxes');
  const { between, error } = value as { between?: unknown; error?: unknown };
  if (error === undefined) {
    const placed = between === undefined ? {} : { between: boxesOf('between') };
    return { id, answer: fields.text('answer'), boxes, ...placed };
  }
  const failure = new ImportedFields(error, `${place}.error`);
  return { id, answer: '', boxes: [], error: { code: failure.text('code'), message: failure.text('message') } };
}
