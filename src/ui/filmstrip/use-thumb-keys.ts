import { type FocusEvent, type KeyboardEvent, useState } from 'react';
import type { PageImage } from '../../state/page-image.ts';
import { useActions } from '../common/app-context.ts';
import { listStep } from '../common/list-step.ts';

interface ThumbKeys {
  /** Id of the picture that is the stop of the Tab key. */
  readonly stop: string;
  /** For the list of pictures. */
  readonly handlers: {
    onFocus(event: FocusEvent<HTMLElement>): void;
    onBlur(event: FocusEvent<HTMLElement>): void;
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  };
}

/**
 * One stop of the Tab key for all pictures: the one that has the focus, otherwise the one on the stage. Arrows, Home and End go
 * from one to another, Delete removes one's own.
 */
export function useThumbKeys(images: readonly PageImage[], current: string): ThumbKeys {
  const { removeImage } = useActions();
  const [reached, setReached] = useState<string | null>(null);

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const { key, currentTarget, target } = event;
    const thumbs = [...currentTarget.querySelectorAll<HTMLElement>('.thumb')];
    const at = thumbs.indexOf(target as HTMLElement);
    const image = images[at];
    if (!image || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = listStep(key, at, thumbs.length);
    if (next !== null) thumbs[next]?.focus();
    else if (key === 'Home') thumbs[0]?.focus();
    else if (key === 'End') thumbs.at(-1)?.focus();
    else if (key === 'Delete' || key === 'Backspace') {
      // A key that is held removes no second one.
      if (image.kind !== 'own' || event.repeat) return;
      (thumbs[at + 1] ?? thumbs[at - 1])?.focus();
      removeImage(image.id);
    } else return;
    event.preventDefault();
  }

  return {
    stop: images.some(({ id }) => id === reached) ? (reached ?? current) : current,
    handlers: {
      onFocus({ currentTarget, target }) {
        const frames = [...currentTarget.querySelectorAll('.frame')];
        setReached(images[frames.findIndex((frame) => frame.contains(target))]?.id ?? null);
      },
      onBlur({ currentTarget, relatedTarget }) {
        if (!currentTarget.contains(relatedTarget)) setReached(null);
      },
      onKeyDown,
    },
  };
}
