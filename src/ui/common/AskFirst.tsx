import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

interface Props {
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  /** Whether it was said already, and is being done. */
  readonly busy: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** A question before something is lost; it takes the focus, and gives it back. Escape is its no. */
export function AskFirst({ question, yes, no, busy, onYes, onNo }: Props): ReactNode {
  const group = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    group.current?.focus();
    return () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || busy) return;
    // What lies behind the question stays as it is: the dialog open, the answer being written.
    event.preventDefault();
    onNo();
  };
  return (
    <fieldset ref={group} className="ask-first" tabIndex={-1} disabled={busy} onKeyDown={onKeyDown}>
      <legend>{question}</legend>
      <button type="button" className="button" onClick={onYes}>
        {yes}
      </button>
      <button type="button" className="button" onClick={onNo}>
        {no}
      </button>
    </fieldset>
  );
}
