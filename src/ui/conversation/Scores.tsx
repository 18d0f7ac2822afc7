import type { ReactNode } from 'react';
import type { ChoiceScore } from '../../protocol/scoring.ts';
import * as strings from '../strings.ts';

/** How well each answer fits: bars of the probability per token, the best first. */
export function Scores({ choices, scores }: { choices: readonly string[]; scores: readonly ChoiceScore[] }): ReactNode {
  const ordered = scores.toSorted((a, b) => b.meanLogProbability - a.meanLogProbability);
  const best = ordered[0]?.meanLogProbability ?? 0;
  return (
    <ol className="scores">
      {ordered.map(({ choice, meanLogProbability }, place) => (
        <li key={choice} data-best={place === 0 || undefined}>
          <span className="choice" dir="auto">
            {choices[choice]}
          </span>
          <span className="bar" aria-hidden="true">
            <span style={{ width: `${100 * Math.exp(meanLogProbability - best)}%` }} />
          </span>
          <span className="score">{strings.conversation.probability(Math.exp(meanLogProbability))}</span>
        </li>
      ))}
    </ol>
  );
}
