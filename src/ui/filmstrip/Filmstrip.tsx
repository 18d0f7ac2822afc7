import { type ReactNode, useEffect, useRef } from 'react';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { Adds } from './Adds.tsx';

/** All pictures, samples first, and the ways to add one. */
export function Filmstrip(): ReactNode {
  const images = useApp((state) => state.images);
  const current = useApp((state) => state.current);
  const { showImage, removeImage } = useActions();
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
        {images.map(({ id, kind, name, url }) => (
          <li key={id} className="frame">
            <button
              ref={id === current ? thumb : undefined}
              type="button"
              className="thumb"
              aria-current={id === current || undefined}
              onClick={() => showImage(id)}
            >
              <img src={url} alt={strings.stage.picture(name)} draggable={false} />
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
