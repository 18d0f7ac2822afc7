import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AppErrorCode, toAppError } from '../../../src/protocol/errors.ts';
import { checkDimensions, checkFileSize } from '../../../src/runtime/image/limits.ts';
import { parseHubName } from '../../../src/storage/hub-checkpoint.ts';
import { sentence } from '../../../src/ui/strings/german/errors.ts';

const SOURCE = new URL('../../../src/', import.meta.url);

/** A place in the source that raises an error whose code and details are written out there. */
interface Raised {
  readonly place: string;
  readonly code: AppErrorCode;
  readonly names: readonly string[];
}

/** Every such place but those of the command line and its devices, which speak English. */
function raisedInSource(): readonly Raised[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.tsx?$/.test(file) && !/^(cli\b|runtime\/native-backend)/.test(file))
    .flatMap((file) => {
      const text = readFileSync(new URL(file, SOURCE), 'utf8');
      return [...text.matchAll(/new (?:AppError|Kosmos2Error|TensorError)\(/g)].flatMap(({ index, 0: head }) => {
        const [code, , details = '{}'] = parts(text, index + head.length);
        if (!code?.startsWith("'") || !details.startsWith('{')) return [];
        const names = parts(details, 1).map((part) => /^(?:\.\.\.)?(\w+)/.exec(part)?.[1] ?? '');
        return [{ place: file, code: code.slice(1, -1) as AppErrorCode, names: names.filter(Boolean) }];
      });
    });
}

/** Arguments or properties from `from` to the closing bracket, split at the commas between them. */
function parts(text: string, from: number): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let begin = from;
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const character = text[at] as string;
    if (quote) {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (`'"\``.includes(character)) quote = character;
    else if ('([{'.includes(character)) depth++;
    else if (depth > 0 && ')]}'.includes(character)) depth--;
    else if (depth === 0 && ',)]}'.includes(character)) {
      found.push(text.slice(begin, at).trim());
      begin = at + 1;
      if (character !== ',') break;
    }
  }
  return found.filter((part) => part !== '');
}

function germanOf(raise: () => unknown): string {
  try {
    raise();
  } catch (thrown) {
    return sentence(toAppError(thrown));
  }
  throw new Error('Nothing was raised.');
}

describe('German of errors', () => {
  it('has a sentence for every failure that the source raises in the page', () => {
    const raised = raisedInSource();
    expect(raised.length).toBeGreaterThan(70);
    const untold = raised.filter(({ code, names }) => {
      const details = Object.fromEntries(names.map((name) => [name, name]));
      return sentence({ code, details, message: 'English' }) === 'English';
    });
    expect(untold.map(({ place, code, names }) => `${place} ${code} {${names.join(', ')}}`)).toEqual([]);
  });

  it('says the values of the error as German writes them', () => {
    expect(germanOf(() => checkFileSize(0))).toBe('Die Datei ist leer (0 Bytes). Wähl ein anderes Bild.');
    expect(germanOf(() => checkDimensions(20_000, 10_000))).toContain('20000 × 10000 Bildpunkte (200 Megapixel)');
    expect(germanOf(() => parseHubName('hf:nowhere'))).toMatch(/^„hf:nowhere“ nennt kein Repository/);
  });

  it('tells a picture that lies twice from one that is not there, and one file from several', () => {
    const told = (code: AppErrorCode, details: Readonly<Record<string, string | number>>) =>
      sentence({ code, details, message: 'English' });
    expect(told('IMAGE_UNKNOWN', { name: 'a.png', place: 'x/a.png', other: 'y/a.png' })).toMatch(
      /^Das Bild a\.png liegt zweimal im Ordner, als x\/a\.png und als y\/a\.png\./,
    );
    expect(told('IMAGE_UNKNOWN', { name: 'a.png' })).toBe('Das Bild a.png liegt nicht im Ordner.');
    const begins = [0, 1, 2].map((others) => told('IMAGE_DAMAGED', { name: 'a.png', others }).split(' sich')[0]);
    expect(begins).toEqual(['a.png ließ', 'a.png und eine weitere Datei ließen', 'a.png und 2 weitere ließen']);
  });

  it('tells a token with a character of none from one that the hub refuses', () => {
    const told = (details: Readonly<Record<string, string | number>>) =>
      sentence({ code: 'CHECKPOINT_DENIED', details, message: 'English' });
    expect(told({ page: 'https://hub/a/b', at: 5 })).toMatch(/^Das Zeichen an Stelle 5 des Zugangstokens für/);
    expect(told({ page: 'https://hub/a/b', status: 401 })).toMatch(/^https:\/\/hub\/a\/b gibt das Modell nicht/);
  });

  it('tells results of other samples and a folder of none from a file of boxes, and the worker that measured from the one of the model', () => {
    const told = (code: AppErrorCode, details: Readonly<Record<string, string>>) =>
      sentence({ code, details, message: 'English' });
    expect(told('ANNOTATION_INVALID', { results: 'a.jsonl' })).toMatch(/^a\.jsonl enthält keine Antworten zu diesen/);
    expect(told('ANNOTATION_INVALID', { empty: 'set' })).toMatch(/^In „set“ nennen die Dateien keine einzige Probe\./);
    expect(told('WORKER_LOST', { part: 'bench' })).toMatch(/^Der Worker, der gemessen hat, ist beendet\./);
  });

  it('sends to the CPU only what did not run there', () => {
    const failed = sentence({ code: 'RUNTIME_FAILED', details: { reason: 'keine Zahl' }, message: 'English' });
    expect(failed).toContain('Lief es auf der GPU, lass es auf der CPU laufen; wenn nicht, hol das Modell nochmal');
  });

  it('leaves the English one where a value is missing', () => {
    expect(sentence({ code: 'IMAGE_LIMIT', details: {}, message: 'The most there can be.' })).toBe(
      'The most there can be.',
    );
  });
});
