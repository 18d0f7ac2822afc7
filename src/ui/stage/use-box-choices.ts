import { useState } from 'react';
import { canCorrect } from '../../state/correcting.ts';
import type { MarkedBox } from '../../state/marks.ts';
import type { Region } from '../../state/turn.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { focusComposer } from '../composer/focus-composer.ts';
import * as strings from '../strings.ts';

/** Something to be done with a box or a region, by its words or its key. */
export interface Choice {
  readonly key: string;
  readonly words: string;
  run(): void;
}

/** How long the words say that the crop was copied, in milliseconds. */
const TELL = 1500;

/**
 * What can be done with a box of an answer or a region of the question.
 * @param phrase what a box is called; null for a region, or where nobody knows
 * @param mark the box of an answer, which can be corrected; null for a region, which can be removed
 */
export function useBoxChoices(region: Region, phrase: string | null, mark: MarkedBox | null): readonly Choice[] {
  const actions = useActions();
  const correctable = useApp(({ turns }) => {
    const turn = turns[mark?.turn ?? ''];
    return turn !== undefined && canCorrect(turn);
  });
  const [copied, setCopied] = useState(false);
  const words = strings.boxActions;
  const choices: (Choice | null)[] = [
    { key: 'w', words: words.whatIsThis, run: () => actions.ask({ mode: 'refer', region }) },
    {
      key: 'a',
      words: words.askAbout,
      run: () => {
        actions.askAbout(region);
        focusComposer();
      },
    },
    { key: 'l', words: words.lookCloser, run: () => actions.lookCloser(region) },
    // Words that the model does not know come back as none.
    phrase ? { key: 'f', words: words.findOthers, run: () => actions.findOthers(region, phrase) } : null,
    {
      key: 'c',
      words: copied ? words.copied : words.copyCrop,
      run: () => {
        void actions.copyCrop(region).then((done) => {
          setCopied(done);
          setTimeout(setCopied, TELL, false);
        });
      },
    },
    mark && correctable ? { key: 'e', words: words.correct, run: () => actions.startCorrecting(mark.turn) } : null,
    mark === null ? { key: 'Delete', words: words.remove, run: () => actions.removeRegion(region.number) } : null,
  ];
  return choices.filter((choice) => choice !== null);
}
