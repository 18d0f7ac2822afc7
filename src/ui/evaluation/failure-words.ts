import type { Outcome } from '../../evaluation/outcome.ts';
import type { AppErrorCode } from '../../protocol/errors.ts';
import * as strings from '../all-strings.ts';

/** What is told of a failed sample: a run keeps no values, so it is the sentence without them, where the language has one. */
export function failureWords({ code, message }: NonNullable<Outcome['error']>): string {
  // Which picture is missing, or lies there twice, the page has said in its own language.
  if (code === 'IMAGE_UNKNOWN') return message;
  return strings.errors.sentence({ code: code as AppErrorCode, message, details: {} });
}
