import type { WireError } from '../../protocol/errors.ts';

/** What a person is told of a failure. The English sentence comes with the error; another language makes its own. */
export const errors = {
  sentence: ({ message }: WireError): string => message,
};
