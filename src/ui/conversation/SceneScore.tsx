import type { ReactNode } from 'react';
import type { SceneScore as Score } from '../../scenes/score.ts';
import type { SceneTruth } from '../../scenes/truth.ts';
import { listInWords } from '../../scenes/words.ts';
import type { Turn } from '../../state/turn.ts';
import * as strings from '../all-strings.ts';
import { scoreTurn } from './score-turn.ts';

/** How right an answer about a scene is, in one quiet line; nothing where that cannot be said. */
export default function SceneScore({ turn, truth }: { turn: Turn; truth: SceneTruth }): ReactNode {
  const score = scoreTurn(turn, truth);
  const said = score ? scoreWords(score) : '';
  if (said === '') return null;
  return (
    <p className="scene-score" title={strings.sceneScore.about}>
      {said}
    </p>
  );
}

function scoreWords({ boxes, named, missed, answer }: Score): string {
  const words = strings.sceneScore;
  const said: (string | null)[] = [
    answer && (answer.right ? (answer.words === 'none' ? words.rightNone : words.right) : words.wrong(answer.words)),
    boxes && words.boxes(boxes.right, boxes.of),
    named && words.named(named.right, named.of),
    missed.length > 0 ? words.missed(listInWords(missed)) : null,
  ];
  return said.filter((one) => one !== null).join(' ');
}
