type Point = readonly [x: number, y: number];

/** A browser that is not Chromium, with one window, driven from outside as a person would. */
export interface OtherBrowser {
  readonly name: string;
  goto(url: string): Promise<void>;
  /** The value of an expression in the page, as JSON has it; a promise is awaited. */
  run<T>(expression: string): Promise<T>;
  /** Clicks in the middle of the first element that matches. */
  click(selector: string): Promise<void>;
  /** Presses the mouse at one place of the first element that matches and lets it go at another, both in parts of its sides. */
  drag(selector: string, from: Point, to: Point): Promise<void>;
  /** Types into what has the focus; a line break is the Enter key. */
  type(text: string): Promise<void>;
  /** The window as PNG. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Milliseconds for whatever is waited for: a model is opened meanwhile, on a machine with other things to do. */
const PATIENCE = 240_000;

/** Where the two places of `drag` are in the window, in whole pixels. */
export function placesOn(
  browser: OtherBrowser,
  selector: string,
  ...points: readonly [Point, Point]
): Promise<readonly [Point, Point]> {
  return browser.run(`(() => {
    const { x, y, width, height } = document.querySelector('${selector}').getBoundingClientRect();
    return ${JSON.stringify(points)}.map(([right, down]) => [Math.round(x + right * width), Math.round(y + down * height)]);
  })()`);
}

/** Waits until an expression is true in the page, and gives its value. @throws Error that names it after four minutes */
export async function until<T>(browser: OtherBrowser, expression: string): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const value = await browser.run<T>(expression);
    if (value) return value;
    if (Date.now() > end) throw new Error(`${browser.name}: this did not become true: ${expression}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
