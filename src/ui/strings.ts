import type { FinishReason } from '../protocol/generation.ts';
import type { BackendChoice, BackendInfo, OpenProgress } from '../protocol/messages.ts';
import type { ChangeKind } from '../state/history.ts';
import type { NumberSetting, Preset } from '../state/settings.ts';
import type { Mode, Task } from '../state/turn.ts';
import type { Scope } from './export/annotations.ts';
import type { Format } from './export/make-export.ts';

/** Every sentence and label of the page, except the messages of errors, which come with the error. */

const seconds = (milliseconds: number) => {
  const value = milliseconds / 1000;
  if (value < 0.1) return value.toFixed(2);
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
};

const count = (number: number, thing: string) => `${number} ${thing}${number === 1 ? '' : 's'}`;

const percent = (value: number) => (value >= 0.001 ? `${(100 * value).toFixed(value < 0.1 ? 1 : 0)}%` : '<0.1%');

const megabytes = (bytes: number) => (bytes < 1e6 ? '1' : (bytes / 1e6).toFixed(0));

export const size = (bytes: number) => (bytes < 1e9 ? `${megabytes(bytes)} MB` : `${(bytes / 1e9).toFixed(2)} GB`);

export const header = {
  name: 'KOSMOS-2',
  where: 'in your browser',
  model: 'Demo model',
  failed: 'Not running',
  backend: ({ kind, adapter }: BackendInfo) => (kind === 'webgpu' ? `WebGPU, ${adapter}` : adapter),
  chipLabel: 'What is running',
  state: { loading: 'Loading', ready: 'Ready', busy: 'Writing', failed: 'Failed' },
};

export const details = {
  title: 'What is running',
  model: 'Model',
  size: 'Size',
  licence: 'Licence',
  scheme: 'Weights',
  runsOn: 'Runs on',
  adapter: 'Adapter',
  activation: 'Activations',
  build: 'Runtime',
  capacity: 'Capacity',
  backend: { webgpu: 'WebGPU', wasm: 'CPU (WebAssembly)' },
  activations: { f16: 'float16', f32: 'float32' },
  runtime: (build: BackendInfo['build']) => `ONNX Runtime Web, ${build} build`,
  tokens: (count: number) => `${count} tokens, prompt and answer`,
  kept: (pictures: number, answers: number) =>
    `Kept on this device: ${count(pictures, 'picture')} of yours, ${count(answers, 'answer')}.`,
  notKept: 'This browser keeps nothing: a reload starts anew.',
  clear: 'Clear everything',
};

/** What is happening, in words, and how far it is, where that is known. */
export function loading(
  progress: OpenProgress | null,
  backend: BackendChoice,
): { readonly words: string; readonly done: number | null } {
  if (!progress) return { words: header.model, done: null };
  switch (progress.phase) {
    case 'download': {
      const { received, total } = progress;
      if (total <= 0) return { words: `${header.model}, ${megabytes(received)} MB`, done: null };
      const words = `${header.model}, ${(received / 1e6).toFixed(0)} of ${megabytes(total)} MB`;
      return { words, done: Math.min(1, received / total) };
    }
    case 'runtime':
      return { words: 'Starting the runtime', done: null };
    case 'build':
      return { words: 'Building the graphs', done: null };
    case 'warmup': {
      const done = progress.total > 0 ? progress.done / progress.total : null;
      return { words: backend !== 'wasm' && 'gpu' in navigator ? 'Compiling for your GPU' : 'Warming up', done };
    }
  }
}

export const stage = {
  label: 'Picture',
  picture: (name: string) => (name === '' ? 'Your picture' : name),
  boxes: 'Boxes on the picture',
  regions: 'Regions of the question',
  region: (number: number, position: string) => `Region ${number}, ${position}`,
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
  remove: 'Remove',
  deleteKey: 'Del',
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
  sample: (number: number) => `Sample scene ${number}`,
};

export const modes: Readonly<Record<Mode, { word: string; placeholder: string; send: string; missing: string }>> = {
  describe: {
    word: 'Describe',
    placeholder: 'A caption of the picture',
    send: 'Describe',
    missing: '',
  },
  detail: {
    word: 'Detail',
    placeholder: 'A longer description of it',
    send: 'Describe',
    missing: '',
  },
  find: {
    word: 'Find',
    placeholder: 'What to find, e.g. a turtle',
    send: 'Find',
    missing: 'Write what to find first.',
  },
  ask: {
    word: 'Ask',
    placeholder: 'A question, e.g. What is on the left?',
    send: 'Ask',
    missing: 'Write a question first.',
  },
  refer: {
    word: 'Region',
    placeholder: 'What is in a region of the picture',
    send: 'Ask',
    missing: 'Draw a region on the picture first, or click a box.',
  },
  plain: {
    word: 'Plain answer',
    placeholder: 'A question, answered without boxes',
    send: 'Ask',
    missing: 'Write a question first.',
  },
  caption: {
    word: 'Plain caption',
    placeholder: 'A caption without boxes',
    send: 'Describe',
    missing: '',
  },
  choose: {
    word: 'Choose',
    placeholder: 'A question; its answers below',
    send: 'Choose',
    missing: 'Write a question and at least two answers.',
  },
  ground: {
    word: 'Ground text',
    placeholder: 'A caption of your own',
    send: 'Ground',
    missing: 'Write a text with at least one phrase in it.',
  },
  fewshot: {
    word: 'By example',
    placeholder: 'A question, the same for every picture',
    send: 'Ask',
    missing: 'Write a question, and its answer for at least one other picture.',
  },
  language: {
    word: 'Text only',
    placeholder: 'A text to go on with; no picture',
    send: 'Go on',
    missing: 'Write the beginning of a text first.',
  },
  expert: {
    word: 'Expert',
    placeholder: '<grounding> An image of',
    send: 'Run',
    missing: 'Write a prompt first.',
  },
};

export const composer = {
  label: 'Ask the model',
  modes: 'What to do',
  stop: 'Stop',
  region: (number: number) => `region ${number}`,
  removeRegion: (number: number) => `Take region ${number} out of the question`,
  hint: 'Click a box, or drag on the picture.',
  regionHint: (regions: number) =>
    regions === 1
      ? 'The region stands where the question says “it”.'
      : 'Write [region 2] where region 2 is meant; regions without such a mark stand at the end.',
  loadingHint: 'The model is loading. What you ask now waits for it.',
  editing: 'This takes the place of the question you are editing. Escape keeps the old one.',
  more: 'More',
  choices: 'The possible answers, one a line',
  choicesLabel: 'Possible answers',
  examples: 'Examples',
  exampleAnswer: 'The right answer for this picture',
  exampleFor: (picture: string) => `The right answer for ${picture}`,
  tags: 'Put a tag in',
  phrases: 'Phrases that get a box',
  removePhrase: (phrase: string) => `Leave out ${phrase}`,
  markPhrase: 'Mark what is selected',
  phrasesHelp: 'Select words in your text to mark another phrase.',
  noPhrases: 'No phrase was found. Select words in your text and mark them.',
  delimiter: '</delimiter…/>',
  moreLabel: 'more ways to ask',
  keysHint: 'Enter sends, Shift+Enter breaks the line.',
};

const taskWord = (mode: Task['mode']) => (mode === 'refer' ? 'What is this?' : modes[mode].word);

export const conversation = {
  label: 'Conversation',
  task: taskWord,
  sampleWaits: 'The caption of this scene writes itself as soon as the model is ready.',
  ownWaits: 'Choose below what to do with this picture.',
  ownPhoto:
    'The demo model only knows drawn emoji scenes. It was never shown photos, so expect wrong answers about them.',
  waiting: 'Waiting for the model',
  memory: (kept: number, of: number) => `after ${kept} of ${count(of, 'earlier turn')}`,
  waitingTurn: 'Waiting for the answer before it',
  reading: 'Looking at the picture',
  stopped: 'Stopped.',
  noBox: (words: string) => `No box for '${words}'.`,
  noAnswer: 'The model had no answer.',
  probability: percent,
  phrase: (phrase: string | null, number: number) => (phrase === null ? `box ${number}` : phrase),
  region: (number: number) => `region ${number}`,
  firstWord: (milliseconds: number) => `${seconds(milliseconds)} s to first word`,
  speed: (tokensPerSecond: number) => `${tokensPerSecond.toFixed(tokensPerSecond < 10 ? 1 : 0)} tokens/s`,
  copy: 'Copy',
  copied: 'Copied',
  again: 'Again',
  showBoxes: (mode: Task['mode']) => `${taskWord(mode)}: show the boxes of this answer`,
  cancel: 'Cancel',
  finish: {
    eos: '',
    cancelled: 'Stopped.',
    length: 'Cut off at the longest answer.',
    capacity: 'Cut off: the model can hold no more words.',
  } satisfies Record<FinishReason, string>,
};

export const offline = {
  works: 'Works offline',
  update: 'Update ready',
  updateLabel: 'Start the newer version; the page loads again',
  otherWindows: (count: number) =>
    count === 1 ? 'Close the other window first' : `Close the ${count} other windows first`,
};

export const dialog = {
  close: 'Close',
};

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
      ],
    },
    {
      name: 'Picture',
      keys: [
        { key: '+ −', does: 'Zoom' },
        { key: '0', does: 'Fit' },
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

export const batch = {
  progress: (done: number, total: number) => `${done} of ${total} pictures answered`,
  stop: 'Stop all',
};

export const turnMenu = {
  label: 'More about this answer',
  edit: 'Edit and ask again',
  xray: 'X-ray',
  link: 'Copy link',
  delete: 'Delete',
};

/** What was removed, and the way back. */
export const undo = {
  done: {
    'delete-turn': 'Deleted.',
    'replace-turn': 'Question changed.',
    'remove-image': 'Picture removed.',
    clear: 'Pictures and conversations cleared.',
    rename: 'Renamed.',
    'delete-box': 'Box deleted.',
  } satisfies Record<ChangeKind, string>,
  broughtBack: 'Brought back.',
  undo: 'Undo',
  redo: 'Redo',
};

export const privacy = {
  sent: (bytes: number) => (bytes === 1 ? '1 byte sent' : `${bytes.toLocaleString('en')} bytes sent`),
  about:
    'What this page and its workers have sent anywhere since it was opened, counted at every way out. Pictures and questions stay on this device.',
};

export const models = {
  title: 'Models on this device',
  open: 'Models…',
  none: 'None is stored yet. The demo model comes with the page.',
  storage: (used: number, quota: number, lasting: boolean) =>
    `${size(used)} of ${size(quota)} used. ${lasting ? 'The browser keeps it until you delete it.' : 'The browser may clear it when space runs low.'}`,
  about: (scheme: string, bytes: number, licence: string, source: string, date: number) =>
    [scheme, size(bytes), licence, source, new Date(date).toLocaleDateString()].filter(Boolean).join(' · '),
  unfinished: (bytes: number) => `Not finished, ${size(bytes)} so far. Get it again to go on where it stopped.`,
  use: 'Use',
  verify: 'Check',
  export: 'Export…',
  remove: 'Delete',
  percent: (done: number, total: number) => `${Math.floor((100 * done) / Math.max(1, total))}%`,
  verified: (damaged: readonly string[]) =>
    damaged.length === 0 ? 'Every byte is right.' : `Damaged: ${damaged.join(', ')}. Opening it mends what it can.`,
  exported: 'Exported.',
  add: 'Add a model',
  address: 'Address of a model',
  addressExample: 'https://… or hf:microsoft/kosmos-2-patch14-224',
  get: 'Get',
  fromFolder: 'From a folder…',
  chosenFiles: 'chosen files',
  addHelp:
    'A folder on the web with a ready model, or a checkpoint of KOSMOS-2 on the hub (6.7 GB to read, 1.2 GB kept). It stays in this browser.',
  imported: (from: string) => `Imported in this browser from ${from}.`,
  progress: 'Getting the model',
  transfer: ({ done, total, item }: { readonly done: number; readonly total: number; readonly item: string | null }) =>
    total === 0 ? 'Looking at it' : `${size(done)} of ${size(total)}${item === null ? '' : ` · ${item}`}`,
  pause: 'Pause',
  paused: 'Paused. Get it again to go on where it stopped.',
  waiting: 'Another window is getting this model; waiting for it.',
  added: 'It is there.',
};

export const diagnostics = {
  title: 'Diagnostics',
  open: 'Diagnostics…',
  about: 'Collected here and sent nowhere. Copy it into a bug report if you like.',
  copy: 'Copy as text',
  copied: 'Copied',
};

export const engineFailed = {
  title: 'The model did not start',
  again: 'Try again',
  onCpu: 'Run on the CPU',
};
