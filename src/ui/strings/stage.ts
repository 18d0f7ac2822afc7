import { percent } from './format.ts';

export const stage = {
  label: 'Picture',
  picture: (name: string) => (name === '' ? 'Your picture' : name),
  boxes: 'Boxes on the picture',
  regions: 'Regions of the question',
  region: (number: number, position: string) => `Region ${number}, ${position}`,
  regionRemoved: (number: number) => `Region ${number} removed`,
  extent: (named: string, [left, top, right, bottom]: readonly number[]) =>
    `${named}: ${left} to ${right}% across, ${top} to ${bottom}% down`,
  location: (index: number) => `<patch_index_${String(index).padStart(4, '0')}>`,
  box: (number: number, phrase: string | null, position: string) =>
    phrase === null ? `${number}, ${position}` : `${number} ${phrase}, ${position}`,
  drop: 'Drop to open the picture',
  dropMore: 'It stays on this device.',
  opening: 'Opening the picture',
  dismiss: 'Dismiss',
};

export const tools = {
  label: 'Tools',
  select: 'Select (drag draws a region)',
  region: 'Draw a region',
  pan: 'Move the picture',
  in: 'Zoom in',
  out: 'Zoom out',
  fit: 'Show all of the picture',
};

export const boxActions = {
  label: 'Ask about this box',
  whatIsThis: 'What is this?',
  askAbout: 'Ask about it…',
  lookCloser: 'Look closer',
  findOthers: 'Find others like it',
  copyCrop: 'Copy crop',
  copied: 'Copied',
  correct: 'Correct…',
  remove: 'Remove',
  deleteKey: 'Del',
  score: (score: number) => `Probability of exactly this box: ${percent(score)}`,
  heat: 'Where it saw the corners',
  corners: { upperLeft: 'Upper left', lowerRight: 'Lower right' },
};

/** Where a box lies, in words. */
export const position = {
  across: ['on the left', 'in the middle', 'on the right'],
  down: ['at the top', 'halfway down', 'at the bottom'],
  centre: 'in the centre',
} as const;

export const filmstrip = {
  remove: (name: string) => `Remove ${name === '' ? 'this picture' : name}`,
  label: 'Pictures',
  add: 'Add image',
  photograph: 'Take a photo',
  make: 'Make a scene',
  more: 'Add',
  sample: (number: number) => `Sample scene ${number}`,
};
