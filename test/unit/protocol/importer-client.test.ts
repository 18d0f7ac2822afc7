import { expect, it } from 'vitest';
import { createImporterClient } from '../../../src/protocol/importer-client.ts';
import type { ImporterRequest } from '../../../src/protocol/importer-messages.ts';
import { sentence } from '../../../src/ui/strings/german/errors.ts';

/** Dies of every request but the first `answers`. */
class FrailWorker extends EventTarget {
  #answers: number;

  constructor(answers: number) {
    super();
    this.#answers = answers;
  }

  postMessage({ id }: ImporterRequest & { readonly id: number }): void {
    const lives = this.#answers-- > 0;
    const data = { type: 'done', id, result: [] };
    queueMicrotask(() => this.dispatchEvent(lives ? new MessageEvent('message', { data }) : new Event('error')));
  }

  terminate(): void {}
}

it('a worker that never said a word could not be fetched; one that did has stopped', async () => {
  const fails = async (answers: number) => {
    const client = createImporterClient(() => new FrailWorker(answers) as unknown as Worker);
    for (let call = 0; call < answers; call++) await client.list();
    const failed = await client.list().catch((thrown) => thrown);
    expect(failed.code).toBe('WORKER_LOST');
    return [failed.message, sentence(failed)];
  };
  expect(await fails(0)).toEqual([
    'The part of the page that stores models could not be fetched or started. Check the connection, then try again; if that does not help, load the page again.',
    'Der Teil der Seite, der Modelle speichert, ließ sich nicht holen oder starten. Prüf die Verbindung und versuch es nochmal; hilft das nicht, lade die Seite neu.',
  ]);
  expect(await fails(1)).toEqual([
    expect.stringContaining('stores models stopped'),
    expect.stringContaining('stehen geblieben'),
  ]);
});
