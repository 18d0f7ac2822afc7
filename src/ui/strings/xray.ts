import { percent } from './format.ts';

export const xray = {
  title: 'X-ray of an answer',
  help: 'The model writes one token at a time. The more a token stands out, the less sure the model was. Point at one, or walk along with the arrow keys.',
  nothing: 'This answer was not written token by token.',
  stream: 'Tokens of the answer',
  token: (text: string, probability: number) => `${text.trim()}, ${percent(probability)}`,
  alternatives: 'What else it thought of',
  cell: (column: number, row: number) => `Column ${column + 1}, row ${row + 1} of 32`,
};
