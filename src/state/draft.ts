import { type AppState, type Draft, EMPTY_DRAFT } from './app-state.ts';
import { type Mode, type Region, regionsOf, type Task, type Turn, wordsOf } from './turn.ts';

const WORDLESS: ReadonlySet<Mode> = new Set(['describe', 'detail', 'caption', 'refer']);

/** Modes in which there is something to write. */
export function takesWords(mode: Mode): boolean {
  return !WORDLESS.has(mode);
}

/** Modes whose question can have regions in it. */
export function takesRegions(mode: Mode): boolean {
  return mode === 'ask' || mode === 'refer';
}

/**
 * Answers to choose from, as typed: one a line, or between commas where there is one line. All of them: the engine says where
 * they are too many.
 */
export function choicesOf(typed: string): readonly string[] {
  const lines = typed.split('\n').filter((line) => line.trim() !== '');
  const parts = lines.length === 1 ? (lines[0] ?? '').split(',') : lines;
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
}

/**
 * What the composer would ask now; null while something is missing.
 * @param picked number of the region that is selected: of several, one question is about that, or the last one drawn
 */
export function taskOf(draft: Draft, picked: number | null = null): Task | null {
  const { mode, words, regions } = draft;
  const written = words.trim();
  switch (mode) {
    case 'describe':
    case 'detail':
    case 'caption':
      return { mode };
    case 'refer': {
      const region = regions.find(({ number }) => number === picked) ?? regions.at(-1);
      return region ? { mode, region } : null;
    }
  }
  if (written === '') return null;
  switch (mode) {
    case 'ask':
      return { mode, words: written, regions };
    case 'choose': {
      const choices = choicesOf(draft.choices);
      return choices.length < 2 ? null : { mode, words: written, choices };
    }
    case 'fewshot': {
      const examples = draft.examples.filter(({ answer }) => answer.trim() !== '');
      return examples.length === 0 ? null : { mode, words: written, examples };
    }
    // Spans count from the first character as typed, and a raw prompt's spaces may matter.
    case 'ground':
      return draft.spans && draft.spans.length > 0 ? { mode, words, spans: draft.spans } : null;
    case 'expert':
      return { mode, words };
    default:
      return { mode, words: written };
  }
}

/** What the composer would ask about a picture: an example is another picture, and may have been removed. */
export function taskAbout({ draft, images, picked }: AppState, image: string): Task | null {
  const isExample = (id: string) => id !== image && images.some((one) => one.id === id);
  return taskOf({ ...draft, examples: draft.examples.filter((example) => isExample(example.image)) }, picked);
}

/** The draft that asks a task. */
export function draftOf(task: Task): Draft {
  return {
    ...EMPTY_DRAFT,
    mode: task.mode === 'closer' ? 'refer' : task.mode === 'others' ? 'find' : task.mode,
    words: wordsOf(task),
    regions: task.mode === 'others' ? [] : regionsOf(task),
    choices: task.mode === 'choose' ? task.choices.join('\n') : '',
    examples: task.mode === 'fewshot' ? task.examples : [],
    spans: task.mode === 'ground' ? task.spans : null,
  };
}

/**
 * The draft with the words last asked about the picture on the stage or any other; as it is where nothing was written yet, or
 * where it holds what would be lost.
 */
export function recalled(state: AppState): Draft {
  const { regions, choices, examples, replaces, followUp } = state.draft;
  const turn = Object.values(state.turns).findLast(({ task }) => wordsOf(task) !== '');
  const holds = regions.length > 0 || choices !== '' || examples.length > 0 || replaces !== null;
  if (!turn || holds) return state.draft;
  const draft = { ...draftOf(turn.task), followUp };
  // Regions are places of their picture.
  return turn.image === state.current ? draft : { ...draft, regions: [] };
}

/** The draft that edits a turn's question. What the composer held is put aside. */
export function editing(draft: Draft, turn: Turn): Draft {
  const aside = draft.replaces === null ? draft : draft.aside;
  return { ...draftOf(turn.task), followUp: turn.followUp, replaces: turn.id, aside };
}

/**
 * The draft once it was asked: what was put aside for it, or ready for the next question in the same manner.
 * @param asked regions of the question; what else was drawn stays, and words that a question had none of
 */
export function emptied(draft: Draft, asked: readonly Region[]): Draft {
  const { mode, followUp, choices, examples, regions, aside, words, spans } = draft;
  const left = regions.filter(({ number }) => !asked.some((region) => region.number === number));
  const unasked = takesWords(mode) ? {} : { words, spans };
  return aside ?? { ...EMPTY_DRAFT, mode, followUp, choices, examples, regions: left, ...unasked };
}
