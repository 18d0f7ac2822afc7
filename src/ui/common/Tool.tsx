import type { ReactNode } from 'react';

interface Props {
  readonly words: string;
  readonly onPress: () => void;
  readonly disabled?: boolean;
}

/** A button that keeps the focus also when its last press left it nothing to do. */
export function Tool({ words, onPress, disabled }: Props): ReactNode {
  return (
    <button
      type="button"
      className="button"
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onPress}
    >
      {words}
    </button>
  );
}
