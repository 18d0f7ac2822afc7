import type { Page } from 'playwright-core';
import type { Reply } from '../../src/protocol/messages.ts';

/**
 * Holds a moment that passes too fast for a picture: after the first message of a worker that `isLast` picks, the page
 * hears no other. To be called before the page is opened.
 * @param isLast runs in the page, so it may use nothing from around it
 */
export async function holdWorkers(page: Page, isLast: (reply: Reply) => boolean): Promise<void> {
  await page.addInitScript(`(${hold})(${isLast})`);
}

function hold(isLast: (reply: Reply) => boolean): void {
  const add = Worker.prototype.addEventListener as (type: string, listener: (event: Event) => void) => void;
  let over = false;
  Worker.prototype.addEventListener = function (this: Worker, type: string, listener: (event: Event) => void) {
    add.call(this, type, (event) => {
      if (over) return;
      over = event instanceof MessageEvent && isLast(event.data);
      listener(event);
    });
  } as Worker['addEventListener'];
}
