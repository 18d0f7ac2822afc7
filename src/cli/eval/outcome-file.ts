import { appendFile, readFile, truncate } from 'node:fs/promises';
import { type Outcome, readOutcome, writeOutcome } from '../../evaluation/outcome.ts';
import { refuse } from '../../kosmos2/formats/imported.ts';

/** The file of a run's outcomes, a line each: whatever it holds whole is done. */
export class OutcomeFile {
  /** What it holds, by the id of the sample. */
  readonly outcomes: Map<string, Outcome>;
  readonly #path: string;

  private constructor(path: string, outcomes: Map<string, Outcome>) {
    this.#path = path;
    this.outcomes = outcomes;
  }

  /**
   * Opens a file or begins one. A line that was cut off as it was written is taken away.
   * @throws Kosmos2Error ANNOTATION_INVALID for a line that no run has written; the file is as it was then
   */
  static async open(path: string): Promise<OutcomeFile> {
    const bytes = await readFile(path).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT') return Buffer.alloc(0);
      throw thrown;
    });
    const whole = bytes.lastIndexOf('\n') + 1;
    const lines = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1);
    const outcomes = lines.map((line, index) => readOutcome(line, `${path}, line ${index + 1}`));
    if (whole < bytes.length) {
      // All lines of a run begin so; what does not is somebody's file.
      if (!'{"id":'.startsWith(bytes.subarray(whole, whole + 6).toString('utf8'))) {
        refuse(`${path}, line ${lines.length + 1} is no outcome of a run.`, { path });
      }
      await truncate(path, whole);
    }
    return new OutcomeFile(path, new Map(outcomes.map((outcome) => [outcome.id, outcome])));
  }

  /** Appends an outcome, whole in one write. */
  async add(outcome: Outcome): Promise<void> {
    await appendFile(this.#path, `${writeOutcome(outcome)}\n`);
    this.outcomes.set(outcome.id, outcome);
  }
}
