import { type ReactNode, useState } from 'react';
import { hasFirstAnswer } from '../../state/first-answer.ts';
import { useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { Adds } from './Adds.tsx';
import { Frame } from './Frame.tsx';
import { useThumbKeys } from './use-thumb-keys.ts';

/** All pictures, samples first, and the ways to add one. */
export function Filmstrip(): ReactNode {
  const images = useApp((state) => state.images);
  const current = useApp((state) => state.current);
  const has = useApp(hasFirstAnswer);
  // Once and for all: later questions hide no thumbnail again.
  const [answered, setAnswered] = useState(has);
  if (has && !answered) setAnswered(true);
  const { stop, handlers } = useThumbKeys(images, current);
  return (
    <nav className="filmstrip" aria-label={strings.filmstrip.label}>
      <ul {...handlers}>
        {images.map(({ id, kind, name, url, preview }) => (
          <Frame
            key={id}
            id={id}
            name={name}
            src={preview !== null && id !== current && !answered ? preview : url}
            shown={id === current}
            removable={kind === 'own'}
            reachable={id === stop}
          />
        ))}
        <li className="adds">
          <Adds />
        </li>
      </ul>
    </nav>
  );
}
