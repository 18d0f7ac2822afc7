import { type ParseArgsConfig, parseArgs } from 'node:util';
import { reasonOf, toAppError } from '../protocol/errors.ts';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/** The parsed values of a command's options, as `node:util` types them. */
export type OptionValues<O extends OptionsConfig> = ReturnType<
  typeof parseArgs<{ options: O; strict: true; allowPositionals: false }>
>['values'];

/** What a command is called, what `--help` prints, and its options (`--help` itself is added). */
export interface CliSpec<O extends OptionsConfig> {
  readonly name: string;
  /** Whole help text, without a final newline. */
  readonly usage: string;
  readonly options: O;
}

/** A command line that cannot be understood: answered with a pointer to `--help` and exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Exit code of a process that was ended by a closed pipe, as shells count it (128 + SIGPIPE). */
const BROKEN_PIPE = 141;

/**
 * Runs a command: parses the arguments, answers `--help`, and turns every failure into one sentence on stderr and a
 * non-zero exit code (2 for a wrong command line, 1 for the rest). It sets `process.exitCode` and lets the process end
 * by itself, so that output still in the pipe is not cut off.
 */
export async function runCli<O extends OptionsConfig>(
  spec: CliSpec<O>,
  main: (values: OptionValues<O>) => Promise<void>,
): Promise<void> {
  // A reader that has seen enough (`| head`) closes the pipe: no fault of ours, nothing to say, but not a success.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? BROKEN_PIPE : 1));
  if (process.argv.includes('--help')) {
    process.stdout.write(`${spec.usage}\n`);
    return;
  }
  try {
    await main(parse(spec.options));
  } catch (thrown) {
    const usage = thrown instanceof UsageError;
    const sentence = usage ? thrown.message : toAppError(thrown).message;
    const hint = usage ? ` See ${spec.name} --help.` : '';
    process.stderr.write(`${spec.name}: ${sentence.replace(/\s*\n\s*/g, ' ')}${hint}\n`);
    process.exitCode = usage ? 2 : 1;
    // Whoever holds the other end open would keep the process alive.
    process.stdin.destroy();
  }
}

function parse<O extends OptionsConfig>(options: O): OptionValues<O> {
  try {
    return parseArgs({ options, strict: true, allowPositionals: false }).values as OptionValues<O>;
  } catch (thrown) {
    // Node appends advice about `--` that only confuses here.
    throw new UsageError(`${reasonOf(thrown).split(/\.\s/)[0]?.replace(/\.$/, '')}.`);
  }
}

/** A whole number of an option. @throws UsageError where it is none, or not from `least` to `most` */
export function wholeNumber(value: string, option: string, least: number, most = Number.POSITIVE_INFINITY): number {
  const number = Number(value);
  if (value.trim() !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
  const range = most === Number.POSITIVE_INFINITY ? `a whole number from ${least}` : `${least} to ${most}`;
  throw new UsageError(`--${option} must be ${range}, not "${value}".`);
}

/** The value of a mandatory option. @throws UsageError where it is missing or empty */
export function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new UsageError(`--${option} is missing.`);
  return value;
}
