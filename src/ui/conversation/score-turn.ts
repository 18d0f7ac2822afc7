import { kindsNamedIn } from '../../scenes/phrase.ts';
import { knownAnswer, named, thingIn } from '../../scenes/question.ts';
import {
  type SceneScore,
  scoreAnswer,
  scoreBoxes,
  scoreDescription,
  scoreList,
  scoreOthers,
  scoreSearch,
} from '../../scenes/score.ts';
import type { SceneTruth } from '../../scenes/truth.ts';
import type { Turn } from '../../state/turn.ts';
import { answerText } from './answer-text.ts';

/** Questions that a list of things answers. */
const ASKS_FOR_LIST = /^what (?:is in (?:the|this) (?:image|picture|scene)|do you see)\W*$/i;

/**
 * How right the model's own answer is, whatever a person corrected since; null while it is being written. Of one that was cut
 * off only what it says is judged: what it misses might have come.
 */
export function scoreTurn(turn: Turn, truth: SceneTruth): SceneScore | null {
  if (turn.status !== 'done') return null;
  const score = scoreWhole(turn, truth);
  const isCut = turn.finish === 'length' || turn.finish === 'capacity';
  return score && isCut ? { ...score, missed: [], answer: null } : score;
}

function scoreWhole(turn: Turn, truth: SceneTruth): SceneScore | null {
  const { things } = truth;
  const { task, grounded } = turn.original ? { ...turn, ...turn.original } : turn;
  const entities = grounded?.entities ?? [];
  const text = answerText({ ...turn, grounded });
  switch (task.mode) {
    case 'describe':
    case 'detail':
      return scoreDescription(entities, things);
    case 'caption':
      return scoreList(text, things);
    case 'find':
      return scoreSearch(task.words, entities, things);
    case 'others':
      return scoreOthers(
        task.words,
        task.regions.map(({ box }) => box),
        entities,
        things,
      );
    case 'refer':
      return scoreAnswer(text, named(thingIn(task.region.box, things)), entities, things);
    case 'ask':
    case 'plain':
    case 'fewshot':
    case 'choose': {
      if (ASKS_FOR_LIST.test(task.words) && kindsNamedIn(text).length > 0) return scoreList(text, things);
      const [region, ...more] = 'regions' in task ? task.regions : [];
      const known = more.length > 0 ? null : knownAnswer(task.words, truth, region?.box ?? null);
      return scoreAnswer(text, known, entities, things);
    }
    case 'closer':
      return scoreBoxes(entities, things, true);
    case 'ground':
    case 'expert':
      return scoreBoxes(entities, things, false);
    case 'language':
      return null;
  }
}
