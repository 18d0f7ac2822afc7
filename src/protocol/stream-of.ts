/**
 * What a callback is told, as a stream: ends when the work it belongs to does, and fails as it fails.
 * @param start begins the work, which tells items by `tell`
 */
export async function* streamOf<T extends object>(
  start: (tell: (item: T) => void) => Promise<unknown>,
): AsyncGenerator<T, void, void> {
  const items: T[] = [];
  let wake: () => void = () => {};
  let over: (() => void) | null = null;
  const end = (how: () => void) => {
    over = how;
    wake();
  };
  start((item) => {
    items.push(item);
    wake();
  }).then(
    () => end(() => {}),
    (thrown) =>
      end(() => {
        throw thrown;
      }),
  );
  for (;;) {
    for (let item = items.shift(); item; item = items.shift()) yield item;
    if (over) return (over as () => void)();
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}
