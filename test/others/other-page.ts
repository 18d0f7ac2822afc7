import { type OtherBrowser, until } from '../support/other-browser.ts';
import type { PlainHost } from '../support/plain-host.ts';

/** The caption of the first sample. */
export const CAPTION = 'An image of a bike, a castle, a flower and a turtle.';

const READY = `document.documentElement.dataset.engine === 'ready'`;
const NOTE_ERRORS = `(window.faults = [],
  addEventListener('error', ({ message }) => window.faults.push(message)),
  addEventListener('unhandledrejection', ({ reason }) => window.faults.push(String(reason))), true)`;
/** What the answers on the page say, without the small numbers of their boxes, once all are whole. */
const ANSWERS = `(() => {
  const turns = [...document.querySelectorAll('.turn')];
  if (turns.some(({ dataset }) => !/done|failed/.test(dataset.status))) return null;
  return turns.map((turn) => {
    const answer = turn.querySelector('.answer').cloneNode(true);
    for (const number of answer.querySelectorAll('sup, .number')) number.remove();
    return answer.textContent.trim();
  });
})()`;

/** The built page in a browser that is not Chromium, as a person uses it. */
export class OtherPage {
  readonly browser: OtherBrowser;

  constructor(browser: OtherBrowser) {
    this.browser = browser;
  }

  /** Opens the page and waits for the model. */
  async visit({ url }: PlainHost, query = ''): Promise<void> {
    await this.browser.goto(`${url}${query}`);
    await this.browser.run(NOTE_ERRORS);
    await until(this.browser, READY);
  }

  /** Asks where something is. */
  async find(words: string): Promise<void> {
    const count = await this.browser.run<number>(`document.querySelectorAll('.turn').length`);
    await this.browser.run(`(document.querySelector('input[name=mode][value=find]').click(), true)`);
    await this.browser.click('#composer-field');
    await this.browser.type(`${words}\n`);
    await until(this.browser, `document.querySelectorAll('.turn').length === ${count + 1}`);
  }

  /** Chooses a picture as by the button. */
  async choose(name: string, picture: Buffer): Promise<void> {
    const bytes = `Uint8Array.from(atob('${picture.toString('base64')}'), (byte) => byte.charCodeAt(0))`;
    await this.browser.run(`(() => {
      const chosen = new DataTransfer();
      chosen.items.add(new File([${bytes}], '${name}', { type: 'image/png' }));
      const input = document.querySelector('input[type=file]');
      input.files = chosen.files;
      return input.dispatchEvent(new Event('change', { bubbles: true }));
    })()`);
  }

  /** Presses the button that says this, or begins so, as soon as there is one. */
  async press(words: string): Promise<void> {
    const button = `[...document.querySelectorAll('button')].find(({ innerText }) => innerText.startsWith('${words}'))`;
    await until(this.browser, `!!${button}`);
    await this.browser.run(`(${button}.click(), true)`);
  }

  /** What the page saves when a button is pressed, as text. */
  async saved(button: string): Promise<string> {
    await this.browser.run(`(window.saved = null, HTMLAnchorElement.prototype.click = function () {
      fetch(this.href).then((file) => file.text()).then((text) => (window.saved = text));
    }, true)`);
    await this.press(button);
    return until(this.browser, 'window.saved');
  }

  /** All answers, once they are whole. */
  allAnswers(): Promise<readonly string[]> {
    return until(this.browser, ANSWERS);
  }

  /** So many answers, once they are whole. */
  answers(count: number): Promise<readonly string[]> {
    return until(this.browser, `document.querySelectorAll('.turn').length === ${count} && ${ANSWERS}`);
  }

  /** How many boxes lie on the picture. */
  boxes(): Promise<number> {
    return this.browser.run(`document.querySelectorAll('.box-list li').length`);
  }

  /** Errors that nobody caught since the page was opened. */
  faults(): Promise<readonly string[]> {
    return this.browser.run('window.faults');
  }
}
