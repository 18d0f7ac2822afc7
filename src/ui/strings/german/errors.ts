import type { AppErrorCode, WireError } from '../../../protocol/errors.ts';
import type { Translation } from '../../language.ts';
import { asking } from './errors/asking.ts';
import { models } from './errors/models.ts';
import { running } from './errors/running.ts';
import { type Sentence, said } from './errors/says.ts';

const sentences: Readonly<Record<AppErrorCode, readonly Sentence[]>> = { ...asking, ...models, ...running };

/** The German sentence of an error, or its own where German has none for its values. */
export function sentence({ code, details, message }: WireError): string {
  // A run that is read from a file may name a code of another version.
  return (Object.hasOwn(sentences, code) ? said(sentences[code], details) : null) ?? message;
}

export const errors: Translation = { errors: { sentence } };
