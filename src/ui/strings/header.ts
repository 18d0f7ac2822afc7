import type { BackendChoice, BackendInfo, OpenProgress } from '../../protocol/messages.ts';
import { count, megabytes, size } from './format.ts';

/** What runs and how it can be opened. */
export const header = {
  name: 'KOSMOS-2',
  where: 'in your browser',
  model: 'Demo model',
  failed: 'Not running',
  backend: ({ kind, adapter }: BackendInfo) => (kind === 'webgpu' ? `WebGPU, ${adapter}` : adapter),
  bytes: (bytes: number) => size(bytes),
  chipLabel: 'What is running',
};

export const details = {
  title: 'What is running',
  model: 'Model',
  /** What the demo model says of itself, where that is known. */
  demo: (said: string) => said,
  size: 'Size',
  licence: 'Licence',
  scheme: 'Weights',
  runsOn: 'Runs on',
  adapter: 'Adapter',
  /** It comes in English; another language makes its own of the CPU's threads. */
  adapterName: (adapter: string) => adapter,
  activation: 'Activations',
  build: 'Runtime',
  capacity: 'Capacity',
  backend: { webgpu: 'WebGPU', wasm: 'CPU (WebAssembly)', native: 'onnxruntime-node' },
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
  waiting: 'Waiting for another window',
  mending: (done: number) => `Mending the stored model, ${Math.floor(100 * done)}%`,
  download: (name: string, received: string, total: string) => `${name}, ${received} of ${total} MB`,
  runtime: 'Starting the runtime',
  build: 'Building the graphs',
  compile: 'Compiling for your GPU',
  warmup: 'Warming up',
};

/**
 * What is happening, in words, and how far it is, where that is known.
 * @param demo whether it is the demo model; of any other the name is known once it is open
 */
export function loading(
  progress: OpenProgress | null,
  backend: BackendChoice,
  demo: boolean,
): { readonly words: string; readonly done: number | null } {
  const name = demo ? header.model : details.model;
  if (!progress) return { words: name, done: null };
  switch (progress.phase) {
    case 'waiting':
      return { words: loadingWords.waiting, done: null };
    case 'mending': {
      const done = progress.done / Math.max(1, progress.total);
      return { words: loadingWords.mending(done), done };
    }
    case 'download': {
      const { received, total } = progress;
      if (total <= 0) return { words: `${name}, ${megabytes(received)} MB`, done: null };
      const words = loadingWords.download(name, (received / 1e6).toFixed(0), megabytes(total));
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

export const privacy = {
  sent: (bytes: number) =>
    bytes === 1 ? '1 byte sent' : `${bytes < 1000 ? bytes : bytes.toLocaleString('en')} bytes sent`,
  about:
    'What this page and its workers have sent anywhere since it was opened, counted at every way out. Pictures and questions stay on this device.',
};

export const offline = {
  works: 'Works offline',
  update: 'Update ready',
  updateLabel: 'Start the newer version; the page loads again',
  ask: (unkept: boolean) =>
    `For the newer version the page loads again. Anything unfinished stops; ${unkept ? 'this browser has not kept everything finished; what it has not kept is lost' : 'what is finished stays'}.`,
  start: 'Start it',
  notNow: 'Not now',
  otherWindows: (count: number) =>
    count === 1 ? 'Close the other window first' : `Close the ${count} other windows first`,
};
