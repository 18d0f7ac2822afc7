import type { Scope } from '../export/annotations.ts';
import type { Format } from '../export/make-export.ts';
import { count } from './format.ts';

export const exporting = {
  title: 'Take it with you',
  scope: 'What to export',
  scopes: {
    turn: 'This answer',
    conversation: 'All about this picture',
    everything: 'All pictures',
  } satisfies Record<Scope, string>,
  formats: {
    png: { name: 'Annotated PNG', help: 'The picture with its boxes' },
    svg: { name: 'Annotated SVG', help: 'The same, crisp at any size' },
    crops: { name: 'Crops', help: 'What is in each box, as ZIP' },
    markdown: { name: 'Markdown', help: 'Phrases linked to their boxes' },
    coco: { name: 'COCO', help: 'JSON with boxes in pixels' },
    yolo: { name: 'YOLO', help: 'Labels and pictures, as ZIP' },
    voc: { name: 'Pascal VOC', help: 'XML and pictures, as ZIP' },
    csv: { name: 'CSV', help: 'Table, one row per box' },
    grit: { name: 'GrIT', help: 'Captions as lines of JSON' },
  } satisfies Record<Format, { name: string; help: string }>,
  copyPicture: 'Copy picture',
  copiedPicture: 'The annotated picture is on the clipboard.',
  copyText: 'Copy text',
  copiedText: 'The text is on the clipboard.',
  notCopied: 'The browser did not allow copying. Press the button again, or save the file.',
  share: 'Share',
  saved: (name: string) => `${name} saved.`,
  working: 'Writing the file',
  nothing: 'There is no answer to export yet.',
  noLabels: 'Nothing to train with yet: find something in the picture first',
  noCrops: 'Nothing to cut out yet: find something in the picture first',
  importTitle: 'Bring boxes in',
  importButton: 'Choose a file',
  importHelp:
    'Boxes of this picture from a COCO or GrIT file, chosen or dropped here, become regions of your question.',
  imported: (taken: number, all: number) =>
    taken === all ? `${count(taken, 'region')} in your question.` : `${taken} of ${all} boxes are in your question.`,
  noBoxes: 'The file has no boxes for this picture: its name is not among the file names there.',
};

export const corrections = {
  title: 'Correct phrases and boxes first',
  phrase: 'Words of the phrase',
  edited: 'edited',
  onPicture: 'Move, resize and add boxes on the picture',
  /** 0 where the phrase has one box only. */
  deleteBox: (number: number) => (number === 0 ? 'Delete box' : `Delete box ${number}`),
};
