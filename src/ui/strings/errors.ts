import type { WireError } from '../../protocol/errors.ts';

/** What a person is told of a failure. The English sentence comes with the error; another language makes its own. */
export const errors = {
  // Other people's pages choose a backend in their own ways.
  sentence: ({ message }: WireError): string => message.replace('(backend wasm)', '(?backend=wasm)'),
};
