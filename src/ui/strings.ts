import type { FinishReason } from '../protocol/generation.ts';
import type { BackendChoice, BackendInfo, OpenProgress } from '../protocol/messages.ts';
import type { ChangeKind } from '../state/history.ts';
import type { Mode, Task } from '../state/turn.ts';
import { count, megabytes, percent, seconds, size } from './strings/format.ts';

export * from './strings/dialogs.ts';
export { size } from './strings/format.ts';
export * from './strings/get-kosmos2.ts';

/** Every sentence and label of the page, except the messages of errors, which come with the error. */

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
  language: 'Language',
};

export const loadingWords = {
  download: (received: string, total: string) => `${header.model}, ${received} of ${total} MB`,
  runtime: 'Starting the runtime',
  build: 'Building the graphs',
  compile: 'Compiling for your GPU',
  warmup: 'Warming up',
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
      const words = loadingWords.download((received / 1e6).toFixed(0), megabytes(total));
      return { words, done: Math.min(1, received / total) };
    }
    case 'runtime':
      return { words: loadingWords.runtime, done: null };
    case 'build':
      return { words: loadingWords.build, done: null };
    case 'warmup': {
      const done = progress.total > 0 ? progress.done / progress.total : null;
      return { words: backend !== 'wasm' && 'gpu' in navigator ? loadingWords.compile : loadingWords.warmup, done };
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
      : 'Write the number of a region where it is meant, e.g. [region 2]; one without such a mark stands at the end.',
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

export const boxActions = {
  label: 'Ask about this box',
  whatIsThis: 'What is this?',
  askAbout: 'Ask about it…',
  lookCloser: 'Look closer',
  findOthers: 'Find others like it',
  copyCrop: 'Copy crop',
  copied: 'Copied',
  remove: 'Remove',
  deleteKey: 'Del',
  score: (score: number) =>
    `Probability of exactly this box: ${score >= 0.995 ? 100 : Math.max(1, Math.round(100 * score))}%`,
  heat: 'Where it saw the corners',
  corners: { upperLeft: 'Upper left', lowerRight: 'Lower right' },
};

const pointedWords = {
  refer: boxActions.whatIsThis,
  closer: boxActions.lookCloser,
  others: boxActions.findOthers,
} as const;

const taskWord = (mode: Task['mode']) =>
  mode === 'refer' || mode === 'closer' || mode === 'others' ? pointedWords[mode] : modes[mode].word;

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
  noOthers: (words: string) => `No other '${words}' found.`,
  closer: (width: number, height: number) => `alone, ${width} × ${height} pixels`,
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

export const offer = {
  title: 'Open this model?',
  looking: 'Looking at it',
  from: 'From',
  size: 'To fetch',
  takes: 'Memory it takes',
  on: { webgpu: 'on the GPU', wasm: 'on the processor' },
  free: 'Free to store it',
  weights: 'Weights',
  licence: 'Licence',
  kept: 'Only its description has been fetched so far. Once it is there it stays in this browser, and opens without the network.',
  get: 'Get and open',
  getAnyway: 'Get it anyway',
  unstored: 'Open without storing',
  notNow: 'Not now',
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
