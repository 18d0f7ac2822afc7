import { fromWire, toWire, type WireError } from '../../protocol/errors.ts';
import { MODES, POINTED_MODES, type Task, type Turn } from '../turn.ts';
import { type Check, either, finite, flag, list, nullable, oneOf, optional, shape, text, whole } from './shape.ts';

const unit: Check = (value) => finite(value) && (value as number) >= -1 && (value as number) <= 2;
export const unitBoxShape: Check = (value) => list(unit, 4)(value) && (value as readonly unknown[]).length === 4;
const cell = whole(0, 1023);
export const patchesShape = shape({ upperLeft: cell, lowerRight: cell });
const count = whole(0, 0xffff_ffff);

const regionShape = shape({ number: count, patches: patchesShape, box: unitBoxShape });
const spanShape = shape({ start: count, end: count });

const taskShape: Check = (value) => {
  if (!shape({ mode: oneOf(...MODES, ...POINTED_MODES) })(value)) return false;
  const { mode } = value as { mode: Task['mode'] };
  switch (mode) {
    case 'describe':
    case 'detail':
    case 'caption':
      return true;
    case 'refer':
      return shape({ region: regionShape })(value);
    case 'closer':
      return shape({ region: regionShape, frame: unitBoxShape, pixels: shape({ width: count, height: count }) })(value);
    case 'ask':
    case 'others':
      return shape({ words: text, regions: list(regionShape) })(value);
    case 'choose':
      return shape({ words: text, choices: list(text) })(value);
    case 'fewshot':
      return shape({ words: text, examples: list(shape({ image: text, answer: text })) })(value);
    case 'ground':
      return shape({ words: text, spans: list(spanShape) })(value);
    default:
      return shape({ words: text })(value);
  }
};

const entityShape = shape({
  index: count,
  phrase: nullable(text),
  start: count,
  end: count,
  boxes: list(
    shape({ upperLeft: cell, lowerRight: cell, box: unitBoxShape, score: nullable(finite), edited: optional(flag) }),
  ),
  complete: flag,
  score: nullable(finite),
});

const groundedShape = nullable(shape({ caption: text, answerStart: count, entities: list(entityShape) }));

const traceShape = shape({
  alternatives: list(shape({ id: count, text, probability: finite }), 100),
  corner: nullable(shape({ entity: count, box: count, corner: oneOf('upperLeft', 'lowerRight') })),
  locations: nullable((value) => value instanceof Float32Array && value.length === 1024),
});

const timing = Object.fromEntries(
  ['image', 'prefill', 'firstToken', 'decode', 'promptTokens', 'reusedTokens', 'newTokens', 'tokensPerSecond'].map(
    (name) => [name, finite],
  ),
);

export const settingsShape = shape({
  maxNewTokens: nullable(count),
  temperature: finite,
  topP: finite,
  seed: nullable(count),
  noRepeatNgramSize: nullable(count),
  grammar: flag,
  gridBoxes: optional(flag),
  jpeg: flag,
});

const turnShape = shape({
  id: text,
  image: text,
  task: taskShape,
  status: oneOf('waiting', 'reading', 'writing', 'done', 'stopped', 'failed'),
  grounded: groundedShape,
  numbers: list(count),
  finish: nullable(oneOf('eos', 'length', 'capacity', 'cancelled')),
  timings: nullable(shape(timing)),
  error: nullable(shape({ code: text, message: text, details: shape({}) })),
  settings: settingsShape,
  followUp: flag,
  // Turns stored by the first pages have none.
  original: optional(nullable(shape({ grounded: groundedShape, numbers: list(count) }))),
  memory: nullable(shape({ kept: count, of: count })),
  tokens: list(shape({ id: count, text, probability: finite, trace: nullable(traceShape) })),
  scores: nullable(
    list(
      shape({
        choice: count,
        meanLogProbability: either(finite, oneOf(Number.NEGATIVE_INFINITY)),
        tokens: list(shape({})),
      }),
    ),
  ),
});

/** A turn as it is stored. */
export function writeTurn(turn: Turn): unknown {
  return { ...turn, error: turn.error === null ? null : toWire(turn.error) };
}

/**
 * A stored turn; null where it is none. One that was in the middle of its answer comes back as stopped with what it had;
 * one that waited waits on.
 */
export function readTurn(value: unknown): Turn | null {
  if (!turnShape(value)) return null;
  const turn = value as Omit<Turn, 'error'> & { readonly error: WireError | null };
  const cut = turn.status === 'reading' || turn.status === 'writing';
  return {
    ...turn,
    status: cut ? 'stopped' : turn.status,
    original: turn.original ?? null,
    error: turn.error === null ? null : fromWire(turn.error),
  };
}
