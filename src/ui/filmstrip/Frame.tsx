import { memo, type ReactNode, useEffect, useRef } from 'react';
import { useActions } from '../common/app-context.ts';
import * as strings from '../strings.ts';

interface Props {
  readonly id: string;
  readonly name: string;
  readonly src: string;
  /** Whether this is the picture on the stage. */
  readonly shown: boolean;
  readonly removable: boolean;
  /** Whether the Tab key comes to it. */
  readonly reachable: boolean;
}

/** A picture of the filmstrip; boxes that come to a picture render none of them again. */
export const Frame = memo(function Frame({ id, name, src, shown, removable, reachable }: Props): ReactNode {
  const { showImage, removeImage } = useActions();
  const thumb = useRef<HTMLButtonElement>(null);
  const tabIndex = reachable ? 0 : -1;
  useEffect(() => {
    if (!shown) return;
    // With the next frame, which lays the page out anyway.
    const frame = requestAnimationFrame(() => thumb.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
    return () => cancelAnimationFrame(frame);
  }, [shown]);
  return (
    <li className="frame">
      <button
        ref={thumb}
        type="button"
        className="thumb"
        tabIndex={tabIndex}
        aria-current={shown || undefined}
        onClick={() => showImage(id)}
      >
        <img src={src} alt={strings.stage.picture(name)} draggable={false} />
      </button>
      {removable && (
        <button
          type="button"
          className="remove"
          tabIndex={tabIndex}
          aria-label={strings.filmstrip.remove(name)}
          onClick={() => removeImage(id)}
        >
          ×
        </button>
      )}
    </li>
  );
});
