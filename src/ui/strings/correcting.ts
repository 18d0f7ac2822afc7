/** Correcting the boxes of an answer on the picture. */
export const correcting = {
  label: 'Correct this answer',
  boxes: 'Boxes of this answer',
  box: (number: number, phrase: string | null, position: string, edited: boolean) =>
    `${number} ${phrase ?? ''}, ${position}${edited ? ', edited' : ''}`,
  help: 'Drag a box or its handles. Drag on the picture for a new one.',
  revert: 'As the model said',
  done: 'Done',
  words: 'Words of this box',
  newWords: 'Words of the new box',
  newPlaceholder: 'What is it? e.g. a cat',
  add: 'Add box',
  delete: 'Delete box',
  edited: 'Edited by hand',
  enterKey: 'Enter',
};
