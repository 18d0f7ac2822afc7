import { size } from './format.ts';

const time = (seconds: number) => {
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 2) return `${Math.ceil(seconds)} s`;
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
};

/** Getting the full model. */
export const getKosmos2 = {
  title: 'Get the full KOSMOS-2',
  about:
    'The demo model knows drawn scenes. The full KOSMOS-2 knows the world: your photos, in its own words, with boxes. It is fetched once, packed on this device, and stays in this browser.',
  ready: 'It is stored in this browser already.',
  begun: (bytes: number) => `An earlier try left ${size(bytes)} here. It goes on from there.`,
  hosted: 'This site has it ready to use: less to fetch, nothing to pack.',
  getHosted: 'Look at it',
  toFetch: 'To fetch',
  fetched: (bytes: number) => `${size(bytes)}, from huggingface.co`,
  time: 'Time',
  times: (at50: number, at100: number) =>
    `About ${time(at50)} at 50 Mbit/s, ${time(at100)} at 100 Mbit/s. You can pause, and go on another day.`,
  kept: 'Kept on disk',
  schemes: { q4: 'best answers', 'q4-small': 'smaller, a little less exact' },
  scheme: (words: string, bytes: number) => `${size(bytes)}, ${words}`,
  free: 'Free here',
  freeUnknown: 'This browser does not say.',
  device: 'This device',
  gpu: (adapter: string, largestBuffer: number, f16: boolean) =>
    [adapter, `buffers up to ${size(largestBuffer)}`, f16 ? 'float16' : 'no float16'].filter(Boolean).join(', '),
  looking: 'Looking at it',
  noGpu:
    'This browser offers the page no GPU. The model would run on the processor: it works, with answers that take minutes.',
  noRoom: (needed: number, free: number) =>
    `It needs ${size(needed)} of storage and ${size(needed - free)} are missing. Make room on this device first.`,
  metered: (bytes: number) =>
    `This connection seems to be metered, or data is to be saved. ${size(bytes)} would go over it.`,
  more: 'Another source',
  source: 'Repository',
  endpoint: 'Mirror of the hub',
  endpointExample: 'https://huggingface.co',
  token: 'Access token',
  tokenHelp: 'Only for repositories that ask for one. It is sent to the hub alone and kept nowhere.',
  start: 'Download and prepare',
  goOn: 'Go on',
  fromFolder: 'From a folder…',
  drop: 'A checkpoint or a ready model on this device? Choose its folder, or drop it here.',
  notRead: 'What was dropped could not be read. Choose the folder with the button.',
  noFiles: 'No files were found there. Choose the folder that has the config.json of a model.',
  phase: {
    looking: 'Looking at what there is to fetch',
    checking: 'Checking what an earlier try has left',
    working: 'Fetching and packing',
    paused: 'Paused',
    failed: 'Stopped',
    discarding: 'Deleting',
  },
  soFar: (done: number, total: number) => `${size(done)} of ${size(total)}`,
  rate: (bytesPerSecond: number) => `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`,
  left: (seconds: number) => `${time(seconds)} left`,
  progress: 'Getting KOSMOS-2',
  stays: 'You can close this and go on using the page. Keep the tab open; the screen stays on while it is in front.',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  discard: (bytes: number) => `Delete the ${size(bytes)} that have come so far?`,
  discardAny: 'Delete what has come so far?',
  doDiscard: 'Delete',
  keep: 'Keep it',
  done: 'The model is here. It opens without the network from now on.',
  openNow: 'Open now',
  recorded: 'Recorded: what the full model says',
  snowman: 'A snowman beside a campfire at night',
};
