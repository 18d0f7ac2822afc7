import { size } from './format.ts';

/** What the page can use of a GPU. */
interface Gpu {
  readonly adapter: string;
  readonly largestBuffer: number;
  readonly largestBinding: number;
  readonly f16: boolean;
}

const time = (seconds: number) => {
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 2) return `${Math.ceil(seconds)} s`;
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
};

/** Getting the full model. */
export const getKosmos2 = {
  title: 'Get the full KOSMOS-2',
  about: (keeps: boolean) =>
    `The demo model knows drawn scenes. The full KOSMOS-2 knows the world: your photos, in its own words, with boxes.${keeps ? ' It is fetched once, packed on this device, and stays in this browser.' : ''}`,
  ready: 'It is stored in this browser already.',
  begun: (bytes: number) =>
    `An earlier try left ${size(bytes)} here. Getting it continues from there if the source is the same.`,
  given: (model: string) => `This page was given another model to offer: ${model}.`,
  hosted: 'This site has it ready to use: less to fetch, nothing to pack.',
  look: 'Look at it',
  again: 'Look again',
  fromLink: (address: string) =>
    `The link you followed names a model at ${address}. Nothing has been sent there yet; open only what you trust.`,
  bytes: (bytes: number) => size(bytes),
  toFetch: 'To fetch',
  toRead: 'To read',
  time: 'Time',
  times: (at50: number, at100: number, keeps: boolean) =>
    `About ${time(at50)} at 50 Mbit/s, ${time(at100)} at 100 Mbit/s.${keeps ? ' You can pause, and go on another day.' : ''}`,
  packing: (seconds: number) => `About ${time(seconds)} to pack it.`,
  kept: 'Kept on disk',
  schemes: { q4: 'best answers', 'q4-small': 'smaller, a little less exact' } as Readonly<Record<string, string>>,
  scheme: (words: string, bytes: number) => `${size(bytes)}, ${words}`,
  free: 'Free here',
  untold: 'This browser does not say.',
  device: 'This device',
  gpu: ({ adapter, largestBuffer, largestBinding, f16 }: Gpu) =>
    [
      adapter,
      `buffers up to ${size(largestBuffer)}, ${size(largestBinding)} read at once`,
      f16 ? 'float16' : 'no float16',
    ]
      .filter(Boolean)
      .join(', '),
  noGpu: 'No GPU that the page can use',
  memory: (bytes: number) => `memory ${bytes >= 8 * 2 ** 30 ? '8 GB or more' : `about ${size(bytes)}`}`,
  looking: 'Looking at it',
  lookingAt: (source: string) => `Looking at ${source}…`,
  metered: (bytes: number) =>
    `This connection seems to be metered, or data saving is on. This would use ${size(bytes)}.`,
  extras: (count: number, first: string) =>
    count === 1
      ? `One tensor is no part of KOSMOS-2 and is left out: ${first}`
      : `${count} tensors are no part of KOSMOS-2 and are left out: ${first} and others`,
  more: 'Another source',
  source: 'Repository or address',
  endpoint: 'Mirror of the hub',
  endpointExample: 'https://huggingface.co',
  token: 'Access token',
  tokenHelp: 'Only for repositories that ask for one. It is sent to the hub alone and kept nowhere.',
  start: 'Download and prepare',
  prepare: 'Prepare',
  goOn: 'Go on',
  fromFolder: 'From a folder…',
  drop: 'A checkpoint or a ready model on this device? Choose its folder, or drop it here.',
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
  progress: (model: string) => `Getting ${model}`,
  stays: 'You can close this and go on using the page. Keep the tab open; the screen stays on while it is in front.',
  refused: (other: string) =>
    `${other} was ignored, as this model is being fetched. Let it finish, or pause it, then enter the other again.`,
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  discard: (bytes: number) => `Delete the ${size(bytes)} that have come so far?`,
  discardAny: 'Delete what has come so far?',
  doDiscard: 'Delete',
  keep: 'Keep it',
  leave: 'What has come replaces the model you had, and stays unfinished until you get the rest. Cancel anyway?',
  doLeave: 'Leave it unfinished',
  stay: 'Not now',
  openNow: 'Open now',
  getAgain: 'Get it anew',
  recorded: 'Recorded: what the full model says',
  snowman: 'A snowman beside a campfire at night',
};
