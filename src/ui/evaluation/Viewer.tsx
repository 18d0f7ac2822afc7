import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react';
import { type Outcome, rightness } from '../../evaluation/outcome.ts';
import type { Sample } from '../../evaluation/sample.ts';
import * as strings from '../all-strings.ts';
import { BoxedPicture } from './BoxedPicture.tsx';
import type { Pictures } from './picked-folder.ts';
import { SampleWords } from './SampleWords.tsx';

interface Props {
  readonly samples: readonly Sample[];
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Of the outcomes, which grow in place. */
  readonly version: number;
  readonly pictures: Pictures;
}

/** Below this an answer is one to look at. */
const LOOKED_AT_BELOW = 0.5;

/** Answers one by one, wrong ones first of all: picture, what is right, what the model said. */
export function Viewer({ samples, outcomes, version, pictures }: Props): ReactNode {
  const words = strings.evaluation;
  const [all, setAll] = useState(false);
  const [category, setCategory] = useState('');
  const [at, setAt] = useState(0);
  const categories = useMemo(() => [...new Set(samples.flatMap((sample) => sample.categories))].sort(), [samples]);
  // The map is the same while it grows; its version tells.
  const wanted = useMemo(
    () =>
      samples.filter((sample) => {
        const outcome = outcomes.get(sample.id);
        if (!outcome || (category !== '' && !sample.categories.includes(category))) return false;
        return all || outcome.error !== undefined || (rightness(sample, outcome) ?? 0) < LOOKED_AT_BELOW;
      }),
    [samples, outcomes, version, category, all],
  );
  const place = Math.min(at, wanted.length - 1);
  const sample = wanted[place];
  const go = (to: number) => setAt((to + wanted.length) % Math.max(1, wanted.length));
  const onKeyDown = ({ key, target }: KeyboardEvent) => {
    if (target instanceof HTMLSelectElement || target instanceof HTMLInputElement) return;
    if (key === 'ArrowRight') go(place + 1);
    if (key === 'ArrowLeft') go(place - 1);
  };
  return (
    // Its buttons do the same; the arrow keys are a short way.
    <section className="viewer" aria-label={words.viewer} onKeyDown={onKeyDown}>
      <h2>{words.viewer}</h2>
      <div className="filters">
        <label>
          <input type="checkbox" checked={all} onChange={({ target }) => setAll(target.checked)} />
          {words.showAll}
        </label>
        {categories.length > 1 && (
          <label>
            {words.category}
            <select value={category} onChange={({ target }) => setCategory(target.value)}>
              <option value="">{words.everyCategory}</option>
              {categories.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </label>
        )}
      </div>
      {sample ? (
        <>
          <div className="pager">
            <button type="button" className="button" aria-keyshortcuts="ArrowLeft" onClick={() => go(place - 1)}>
              {words.previous}
            </button>
            <span role="status">{words.place(place + 1, wanted.length)}</span>
            <button type="button" className="button" aria-keyshortcuts="ArrowRight" onClick={() => go(place + 1)}>
              {words.next}
            </button>
          </div>
          <BoxedPicture
            key={sample.image}
            name={sample.image}
            pictures={pictures}
            expected={'boxes' in sample ? sample.boxes : 'region' in sample ? [sample.region] : []}
            got={outcomes.get(sample.id)?.boxes ?? []}
          />
          <SampleWords sample={sample} outcome={outcomes.get(sample.id) as Outcome} />
        </>
      ) : (
        <p className="about">{words.noneWrong}</p>
      )}
    </section>
  );
}
