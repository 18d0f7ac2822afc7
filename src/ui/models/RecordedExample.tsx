import type { ReactNode } from 'react';
import { referenceView } from '../../kosmos2/reference-view.ts';
import * as strings from '../all-strings.ts';
import { entityStyle } from '../common/entity-style.ts';
import { RECORDED_EXAMPLE } from './recorded-example.ts';

/** A picture and what the full model says about it, recorded. */
export function RecordedExample(): ReactNode {
  const { caption, entities } = referenceView(RECORDED_EXAMPLE);
  const points = Array.from(caption);
  const words = (start: number, end?: number) => points.slice(start, end).join('');
  const last = entities.at(-1)?.[1][1] ?? 0;
  return (
    <figure className="recorded">
      <div className="recorded-picture">
        <img src="./self-test/snowman.jpg" alt={strings.getKosmos2.snowman} width={1024} height={1024} />
        <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
          {entities.map(([name, , boxes], index) =>
            boxes.map(([x1, y1, x2, y2]) => (
              <rect
                key={name + x1}
                style={entityStyle(index + 1)}
                x={x1}
                y={y1}
                width={x2 - x1}
                height={y2 - y1}
                vectorEffect="non-scaling-stroke"
              />
            )),
          )}
        </svg>
      </div>
      <figcaption>
        <span className="help">{strings.getKosmos2.recorded}</span>
        <p className="answer" lang="en">
          {entities.map(([name, [start, end]], index) => (
            <span key={name}>
              {words(entities[index - 1]?.[1][1] ?? 0, start)}
              <span className="phrase" style={entityStyle(index + 1)}>
                {words(start, end)}
                <sup>{index + 1}</sup>
              </span>
            </span>
          ))}
          {words(last)}
        </p>
      </figcaption>
    </figure>
  );
}
