import { type ReactNode, useEffect, useRef, useState } from 'react';
import { hasFirstAnswer } from '../../state/first-answer.ts';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { Adds } from './Adds.tsx';

/** All pictures, samples first, and the ways to add one. */
export function Filmstrip(): ReactNode {
  const images = useApp((state) => state.images);
  const current = useApp((state) => state.current);
  const { showImage, removeImage } = useActions();
  const has = useApp(hasFirstAnswer);
  // Once and for all: later questions hide no thumbnail again.
  const [answered, setAnswered] = useState(has);
  if (has && !answered) setAnswered(true);
  const thumb = useRef<HTMLButtonElement | null>(null);
  useEffect(() => {
    if (!current) return;
    // With the next frame, which lays the page out anyway.
    const frame = requestAnimationFrame(() => thumb.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
    return () => cancelAnimationFrame(frame);
  }, [current]);
  return (
    <nav className="filmstrip" aria-label={strings.filmstrip.label}>
      <ul>
        {images.map(({ id, kind, name, url, preview }) => (
          <li key={id} className="frame">
            <button
              ref={id === current ? thumb : undefined}
              type="button"
              className="thumb"
              aria-current={id === current || undefined}
              onClick={() => showImage(id)}
            >
              <img
                src={preview !== null && id !== current && !answered ? preview : url}
                alt={strings.stage.picture(name)}
                draggable={false}
              />
            </button>
            {kind === 'own' && (
              <button
                type="button"
                className="remove"
                aria-label={strings.filmstrip.remove(name)}
                onClick={() => removeImage(id)}
              >
                ×
              </button>
            )}
          </li>
        ))}
        <li className="adds">
          <Adds />
        </li>
      </ul>
    </nav>
  );
}
