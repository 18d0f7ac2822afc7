export const FIELD_ID = 'composer-field';

/** Puts the cursor into the composer. */
export function focusComposer(): void {
  document.getElementById(FIELD_ID)?.focus();
}
