import { type ReactNode, useEffect, useState } from 'react';
import type { UnitBox } from '../../kosmos2/box.ts';
import { toAppError } from '../../protocol/errors.ts';
import * as strings from '../all-strings.ts';
import { placedOn } from '../stage/placed-on.ts';
import type { Pictures } from './picked-folder.ts';

interface Props {
  readonly name: string;
  readonly pictures: Pictures;
  readonly expected: readonly UnitBox[];
  readonly got: readonly UnitBox[];
}

/** A picture with the boxes that are right, dashed, and those the model gave, in full lines. */
export function BoxedPicture({ name, pictures, expected, got }: Props): ReactNode {
  const [shown, setShown] = useState<{ readonly url?: string; readonly problem?: string }>({});
  useEffect(() => {
    let url: string | undefined;
    let gone = false;
    pictures(name).then(
      (blob) => {
        if (gone) return;
        url = URL.createObjectURL(blob);
        setShown({ url });
      },
      (thrown: unknown) => gone || setShown({ problem: strings.errors.sentence(toAppError(thrown)) }),
    );
    return () => {
      gone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [name, pictures]);
  if (shown.problem) return <p className="bad">{shown.problem}</p>;
  return (
    <div className="boxed-picture">
      {shown.url && <img src={shown.url} alt={strings.evaluation.picture(name)} draggable={false} />}
      {expected.map((box, index) => (
        <span key={`expected ${index} ${box.join()}`} className="box expected" style={placedOn(box)} />
      ))}
      {got.map((box, index) => (
        <span key={`got ${index} ${box.join()}`} className="box got" style={placedOn(box)} data-rank={index + 1} />
      ))}
    </div>
  );
}
