import { type ChildProcess, spawn } from 'node:child_process';
import { type OtherBrowser, placesOn } from './other-browser.ts';

/** Programs of WebKitGTK, the engine of Safari: its WebDriver, its little browser, and the X server that this one wants. */
export interface WebKitPaths {
  readonly driver: string;
  readonly browser: string;
  readonly display: string;
}

const ENTER = '\uE007';
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/**
 * Starts WebKitGTK's browser in a fresh profile on a display that nobody sees, and speaks WebDriver with it
 * (https://www.w3.org/TR/webdriver2/).
 */
export async function openWebKit({ driver, browser, display }: WebKitPaths): Promise<OtherBrowser> {
  const server = spawn(display, ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await said(server, 3, /^(\d+)\n/);
  const port = 20_000 + (process.pid % 20_000);
  const env = { ...process.env, DISPLAY: `:${number}` };
  const driving = spawn(driver, [`--port=${port}`], { stdio: 'ignore', env });
  const end = () => {
    driving.kill();
    server.kill();
  };
  try {
    const host = `http://127.0.0.1:${port}`;
    await answering(`${host}/status`);
    const options = { binary: browser, args: ['--automation'] };
    const { sessionId, capabilities } = await send<{ sessionId: string; capabilities: { browserVersion: string } }>(
      `${host}/session`,
      { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } },
    );
    const session = `${host}/session/${sessionId}`;
    await send(`${session}/timeouts`, { script: 240_000, pageLoad: 240_000 });
    await send(`${session}/window/rect`, { width: 1280, height: 800 });
    const element = async (path: string, body?: object) =>
      (await send<Record<string, string>>(`${session}/${path}`, body))[ELEMENT];
    const webkit: OtherBrowser = {
      name: `WebKitGTK ${capabilities.browserVersion}`,
      goto: (url) => send(`${session}/url`, { url }),
      run: (expression) => send(`${session}/execute/sync`, { script: `return ${expression}`, args: [] }),
      async click(selector) {
        const id = await element('element', { using: 'css selector', value: selector });
        await send(`${session}/element/${id}/click`, {});
      },
      async drag(selector, from, to) {
        const [[x, y], [right, down]] = await placesOn(webkit, selector, from, to);
        const move = (x: number, y: number) => ({ type: 'pointerMove', duration: 100, x, y });
        const actions = [
          move(x, y),
          { type: 'pointerDown', button: 0 },
          move((x + right) / 2, (y + down) / 2),
          move(right, down),
          { type: 'pointerUp', button: 0 },
        ];
        await send(`${session}/actions`, { actions: [{ type: 'pointer', id: 'mouse', actions }] });
      },
      async type(text) {
        const id = await element('element/active');
        await send(`${session}/element/${id}/value`, { text: text.replaceAll('\n', ENTER) });
      },
      screenshot: async () => Buffer.from(await send<string>(`${session}/screenshot`), 'base64'),
      async close() {
        await fetch(session, { method: 'DELETE' }).catch(() => undefined);
        end();
      },
    };
    return webkit;
  } catch (error) {
    end();
    throw error;
  }
}

/** One command; without a body it only asks. @throws Error with what the driver says */
async function send<T>(url: string, body?: object): Promise<T> {
  const response = await fetch(url, body ? { method: 'POST', body: JSON.stringify(body) } : {});
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (response.ok) return value;
  throw new Error(`${new URL(url).pathname.split('/').slice(3).join('/')}: ${value.error}, ${value.message}`);
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`WebKitWebDriver does not answer at ${url}.`);
}

/** What a process writes to one of its pipes, as soon as it matches. */
function said(child: ChildProcess, pipe: number, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdio[pipe]?.on('data', (bytes) => {
      text += bytes;
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on('error', reject);
    child.on('close', () => reject(new Error(`It ended and said: ${text}`)));
  });
}
