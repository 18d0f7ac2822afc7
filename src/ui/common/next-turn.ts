/** Resolves in a task of its own, so that the browser can paint and hear a person before what follows. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
