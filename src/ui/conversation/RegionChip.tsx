import type { ReactNode } from 'react';
import { entityStyle } from '../common/entity-style.ts';
import * as strings from '../strings.ts';

/** A box inside a question. */
export function RegionChip({ number }: { number: number }): ReactNode {
  return (
    <span className="phrase chip-phrase" dir="ltr" style={entityStyle(number)}>
      {strings.conversation.region(number)}
    </span>
  );
}
