import type { NumberSetting, Preset } from '../../state/settings.ts';
import type { Scope } from '../export/annotations.ts';
import type { Format } from '../export/make-export.ts';
import { count, percent } from './format.ts';

export const options = {
  title: 'How to ask',
  button: 'Options',
  followUpShort: 'follow-up',
  ownDecoding: 'own decoding',
  followUp: 'Read earlier turns first',
  followUpHelp: 'The model then knows what was asked and answered before about this picture.',
  memory: (kept: number, of: number) => {
    if (of === 0) return 'There are no earlier turns about this picture yet.';
    if (kept === of) return of === 1 ? 'The earlier turn fits.' : `All ${of} earlier turns fit.`;
    return `${kept} of ${of} earlier turns fit, the newest.`;
  },
  askAll: (pictures: number) => `Ask all ${pictures} pictures`,
  askAllHelp: 'What the composer holds, of every picture in the row, one after the other.',
  nothingToAsk: 'Write in the composer first what to ask.',
  decoding: 'Decoding',
  presets: 'Presets',
  preset: {
    default: {
      name: 'Steady',
      short: 'steady',
      help: 'The most probable word every time; locations kept well-formed.',
    },
    official: {
      name: 'Match the official demo',
      short: 'official demo',
      help: 'Picture through JPEG, no three words twice, greedy, up to 500 tokens.',
    },
    officialSampling: {
      name: 'Official demo, sampling',
      short: 'official sampling',
      help: 'The same, but drawn at temperature 0.7 from the likeliest 90%.',
    },
  } satisfies Record<Preset, { name: string; short: string; help: string }>,
  numbers: {
    maxNewTokens: { name: 'Longest answer', help: 'In tokens; a box takes three to five.' },
    temperature: { name: 'Temperature', help: '0 always takes the most probable word.' },
    topP: { name: 'Top-p', help: 'Only the likeliest words that add up to this.' },
    seed: { name: 'Seed', help: 'The same seed draws the same answer.' },
    noRepeatNgramSize: { name: 'No repeats of', help: 'Tokens in a row that may not come twice; 0 is off.' },
  } satisfies Record<NumberSetting, { name: string; help: string }>,
  randomSeed: 'new each time',
  grammar: 'Keep locations well-formed',
  grammarHelp: 'The model can then only write boxes that are boxes.',
  jpeg: 'Picture through JPEG first',
  jpegHelp: 'As the official demo does with every upload, at quality 75.',
  reset: 'Reset',
};

export const exporting = {
  title: 'Take it with you',
  button: 'Export',
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
    csv: { name: 'CSV', help: 'A table, one row a box' },
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
  importTitle: 'Bring boxes in',
  importButton: 'Choose a file',
  importHelp: 'Boxes of this picture from a COCO or GrIT file become regions of your question.',
  imported: (taken: number, all: number) =>
    taken === all ? `${count(taken, 'region')} in your question.` : `${taken} of ${all} boxes are in your question.`,
  noBoxes: 'The file has no boxes for this picture: its name is not among the file names there.',
};

export const corrections = {
  title: 'Correct phrases and boxes first',
  phrase: 'Words of the phrase',
  edited: 'edited',
  /** 0 where the phrase has one box only. */
  deleteBox: (number: number) => (number === 0 ? 'Delete box' : `Delete box ${number}`),
};

export const xray = {
  title: 'X-ray of an answer',
  help: 'The model writes one token at a time. The more a token stands out, the less sure the model was. Point at one, or walk along with the arrow keys.',
  nothing: 'This answer was not written token by token.',
  stream: 'Tokens of the answer',
  token: (text: string, probability: number) => `${text.trim()}, ${percent(probability)}`,
  alternatives: 'What else it thought of',
  cell: (column: number, row: number) => `Column ${column + 1}, row ${row + 1} of 32`,
};

export const shortcuts = {
  title: 'Keys',
  help: 'Single letters work while the picture or a menu has the focus, never while you write.',
  groups: [
    {
      name: 'Asking',
      keys: [
        { key: 'Enter', does: 'Send' },
        { key: 'Shift Enter', does: 'New line' },
        { key: '↑', does: 'Last prompt, in an empty field' },
        { key: 'Esc', does: 'Stop the answer' },
      ],
    },
    {
      name: 'Boxes',
      keys: [
        { key: '← →', does: 'From box to box' },
        { key: 'Enter', does: 'What can be asked about it' },
        { key: 'W', does: 'What is this?' },
        { key: 'A', does: 'Ask about it' },
        { key: 'L', does: 'Look closer' },
        { key: 'F', does: 'Find others like it' },
        { key: 'C', does: 'Copy crop' },
      ],
    },
    {
      name: 'Picture',
      keys: [
        { key: '+ −', does: 'Zoom' },
        { key: '0', does: 'Fit' },
        { key: 'Space', does: 'Hold and drag to move the picture' },
        { key: 'R', does: 'New region in the middle' },
        { key: 'Arrows', does: 'Move along the picture, or the selected region' },
        { key: 'Shift Arrows', does: 'Change the size of the region' },
        { key: 'Del', does: 'Remove the region' },
      ],
    },
    {
      name: 'Everywhere',
      keys: [
        { key: 'Ctrl Z', does: 'Undo' },
        { key: 'Ctrl Shift Z', does: 'Redo' },
        { key: 'Esc', does: 'Close what is open' },
        { key: '?', does: 'This sheet' },
      ],
    },
  ],
};
