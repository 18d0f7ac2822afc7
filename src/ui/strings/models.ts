import type { Verdict } from '../../protocol/inspection.ts';
import { size } from './format.ts';

export const models = {
  title: 'Models on this device',
  demo: 'Comes with the page and knows drawn scenes.',
  inUse: 'In use',
  none: 'None is stored yet.',
  storage: (used: number, quota: number, lasting: boolean) =>
    `${size(used)} of ${size(quota)} used. ${lasting ? 'The browser keeps it until you delete it.' : 'The browser may clear it when space runs low.'}`,
  about: (scheme: string, bytes: number, licence: string, source: string, date: number) =>
    [scheme, size(bytes), licence, source, new Date(date).toLocaleDateString()].filter(Boolean).join(' · '),
  unfinished: (bytes: number) => `Not finished, ${size(bytes)} so far. Get it again to go on where it stopped.`,
  use: 'Use',
  verify: 'Check',
  export: 'Export…',
  stop: 'Stop',
  remove: 'Delete',
  askRemove: (name: string, bytes: number) =>
    `Delete “${name}” (${size(bytes)})? To use it again you must fetch it again.`,
  verified: (damaged: readonly string[]) =>
    damaged.length === 0 ? 'Every byte is right.' : `Damaged: ${damaged.join(', ')}. Opening it mends what it can.`,
  exported: (name: string) => `Exported: “${name}” lies in the folder you chose.`,
  add: 'Add a model',
  address: 'Address of a model',
  addressExample: 'https://… or hf:microsoft/kosmos-2-patch14-224',
  get: 'Get',
  fromFolder: 'From a folder…',
  addHelp: (keeps: boolean) =>
    keeps
      ? 'A folder on the web with a ready model, or a checkpoint of KOSMOS-2 on the hub (6.7 GB to read, 1.2 GB kept). It stays in this browser.'
      : 'A folder on the web with a ready model. It is there until the window is closed.',
};

export const offer = {
  title: 'Open this model?',
  from: 'From',
  takes: 'Memory it takes',
  on: { webgpu: 'on the GPU', wasm: 'on the CPU' },
  verdict: ({ kind, what, needed, has }: Verdict) => {
    switch (what) {
      case 'gpu':
        return `This GPU reads at most ${size(has)} at once; the model has pieces of ${size(needed)}. It will run on the CPU, slowly.`;
      case 'no-gpu':
        return 'Without WebGPU this model runs on the CPU: several seconds to the first word, then a few words a second. A browser with WebGPU is far faster.';
      case 'heap':
        return `On the CPU this model needs ${size(needed)}, more than the ${size(has)} a page can have. Use a browser with WebGPU or a smaller model.`;
      case 'memory':
        return kind === 'missing'
          ? `The model needs ${size(needed)} of memory; this device has about ${size(has)}. Use a smaller model.`
          : `The model takes ${size(needed)} of about ${size(has)} memory. Close other tabs first.`;
      case 'storage':
        return `Storing the model takes ${size(needed)}; this browser has ${size(has)} left for it. Free disk space or delete a stored model.`;
    }
  },
  licence: 'Licence',
  get: 'Get and open',
  getAnyway: 'Get it anyway',
  unstored: 'Open without storing',
  notNow: 'Not now',
};
