import type { ReactNode } from 'react';
import { tagPieces } from './tag-pieces.ts';

/** The words under the field once more, unseen but for the chips behind the model's tags. */
export function TagMirror({ words }: { words: string }): ReactNode {
  return (
    <div className="mirror" aria-hidden="true">
      {tagPieces(words).map(({ text, tag, at }) => (tag ? <mark key={at}>{text}</mark> : text))}
    </div>
  );
}
