/** A page that nobody sees has no frames, and is not to wait for one: milliseconds. */
const LONGEST = 1000;

/** Calls once the page has been laid out and painted as it is now, in a task of its own. What is returned calls it off. */
export function afterFrame(call: () => void): () => void {
  let timer = setTimeout(then, LONGEST);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    timer = setTimeout(then);
  });
  function then(): void {
    cancelAnimationFrame(frame);
    call();
  }
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
