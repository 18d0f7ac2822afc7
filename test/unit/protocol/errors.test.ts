import { expect, it } from 'vitest';
import { toAppError } from '../../../src/protocol/errors.ts';
import { sentence } from '../../../src/ui/strings/german/errors.ts';

it.each(['It broke', 'It broke.'])(
  'what failed without a code is told in sentences with one full stop each: %s',
  (words) => {
    const error = toAppError(new Error(words));
    expect(error.message).toBe('Internal error: It broke. Try again.');
    expect(sentence(error)).toBe('Interner Fehler: It broke. Versuch es nochmal.');
  },
);
