import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { AppError } from '../../protocol/errors.ts';
import type { GroundingRecord } from '../grounding-record.ts';
import { UNFINISHED } from './write-whole.ts';

/** One line of a run's answers. */
export type JournalLine = {
  /** Number of the row in the whole input, from 0. */
  readonly index: number;
  readonly image?: string | null;
  readonly prompt?: string;
  /** Of the row where it has no prompt, else of the answer. */
  readonly caption?: string;
  readonly width?: number;
  readonly height?: number;
  /** Of a caption `length` or `capacity` where a phrase was cut off before its box, else `eos`; none where it asked nothing. */
  readonly finish?: string;
} & (
  | ({ readonly error?: undefined; readonly entities: GroundingRecord['entities'] } & Partial<
      Omit<GroundingRecord, 'entities' | 'caption' | 'finish'>
    >)
  | { readonly error: string; readonly code: string }
);

const LINE_FEED = 10;

/** The file of a run's answers, a line each, in the order of the rows: whatever it holds whole is done. */
export class Journal {
  #file: FileHandle;
  readonly #path: string;

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  static async open(path: string): Promise<Journal> {
    return new Journal(await open(path, 'a+'), path);
  }

  /**
   * What an earlier run has left. A line that was cut off as it was written is taken away.
   * @throws AppError OPTION_INVALID for a file that no single run has written
   */
  async *lines(): AsyncGenerator<JournalLine, void, void> {
    let rest: Buffer = Buffer.alloc(0);
    let whole = 0;
    let last = -1;
    for await (const chunk of this.#file.createReadStream({ start: 0, autoClose: false })) {
      rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
        const line = this.#parse(rest.subarray(0, end), last);
        yield line;
        last = line.index;
        whole += end + 1;
        rest = rest.subarray(end + 1);
      }
    }
    if (rest.length > 0) await this.#file.truncate(whole);
  }

  /** Appends a line, whole in one write. */
  async add(line: JournalLine): Promise<void> {
    await this.#file.appendFile(`${JSON.stringify(line)}\n`);
  }

  /**
   * Puts the answers of rows that were asked again, which wait in a file of their own, in the place of those there were, and
   * takes that file away. Whenever the process ends, the old line of a row is there or the new one.
   * @param path of another journal; where there is none, all stays as it is
   */
  async replaceBy(path: string): Promise<void> {
    if (!(await stat(path).catch(() => null))) return;
    const again = await Journal.open(path);
    const file = await open(`${this.#path}${UNFINISHED}`, 'w');
    try {
      const answers = again.lines();
      let next = await answers.next();
      for await (const line of this.lines()) {
        const replaced = next.value?.index === line.index;
        await file.appendFile(`${JSON.stringify(replaced ? next.value : line)}\n`);
        if (replaced) next = await answers.next();
      }
      await file.datasync();
    } finally {
      await file.close();
      await again.close();
    }
    await rename(`${this.#path}${UNFINISHED}`, this.#path);
    await this.#file.close();
    this.#file = await open(this.#path, 'a+');
    await rm(path);
  }

  /** Puts all that was added on the disk, and lets go of the file. */
  async close(): Promise<void> {
    await this.#file.datasync();
    await this.#file.close();
  }

  #parse(bytes: Buffer, last: number): JournalLine {
    let line: Partial<JournalLine> = {};
    try {
      line = (JSON.parse(bytes.toString('utf8')) as Partial<JournalLine> | null) ?? {};
    } catch {
      // Told below.
    }
    if (Number.isInteger(line.index) && (line.index as number) > last) return line as JournalLine;
    throw new AppError(
      'OPTION_INVALID',
      `${this.#path} is damaged behind the answer of row ${last}: two runs wrote to it, or it was changed. Cut it off there, or choose another --out.`,
      { path: this.#path, last },
    );
  }
}
