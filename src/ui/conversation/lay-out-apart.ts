/** Not in TypeScript's library; Safari has none. https://wicg.github.io/scheduling-apis */
declare const scheduler:
  | { postTask(task: () => void, options: { readonly priority: 'user-blocking' }): Promise<void> }
  | undefined;

/**
 * Has the browser lay out what has changed in a task of its own, between the one that changed it and the frame that paints it:
 * on a slow processor each of the three takes most of a frame's time, and between them the page hears the person.
 */
export function layOutApart(): void {
  // A page that nobody sees is not laid out at all.
  if (document.hidden || typeof scheduler === 'undefined') return;
  // At any lower priority the frame comes first.
  void scheduler.postTask(() => void document.body.getBoundingClientRect(), { priority: 'user-blocking' });
}
