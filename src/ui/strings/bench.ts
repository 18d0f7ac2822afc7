import type { BenchCeiling, BenchRow, BenchStage } from '../../protocol/bench.ts';
import { threeDigits } from '../../protocol/three-digits.ts';
import { milliseconds, percent, size } from './format.ts';

const STAGES: Readonly<Record<BenchStage, string>> = {
  copy: 'Copy in memory',
  product: 'Product of matrices',
  'load-cold': 'Load from the site',
  'first-token': 'First word about a new picture',
  'follow-up': 'First word of a follow-up',
  'load-stored': 'Load from this browser',
  encode: 'Encode a picture',
  prefill: 'Read a prompt',
  'decode-64': 'A word after 64 others',
  'decode-256': 'A word after 256 others',
  'decode-500': 'A word after 500 others',
};

const UNITS: Readonly<Record<BenchRow['unit'], string>> = {
  MB: 'MB/s',
  GFLOP: 'GFLOP/s',
  image: 'pictures/s',
  token: 'tokens/s',
  tokens: 'tokens/s',
  answer: 'a second',
};

const CEILINGS: Readonly<Record<BenchCeiling, string>> = {
  copy: 'of memory bandwidth',
  product: 'of matrix throughput',
  read: 'of raw reading',
};

export const bench = {
  title: 'Bench',
  about:
    'Measures what this device can do at its best, with small kernels of its own, and then how close the model comes to it. Takes a minute or more; leave the window in front.',
  back: 'Back to the pictures',
  model: (address: string) => `Model: ${address}`,
  backend: 'Runs on',
  backends: { auto: 'the best there is', webgpu: 'WebGPU', wasm: 'the CPU' },
  run: 'Run the bench',
  again: 'Run it again',
  stop: 'Stop',
  stopped: 'Stopped. What was measured until then stands below.',
  measuring: (stage: BenchStage, at: number, of: number) => `Measuring: ${STAGES[stage]} (${at} of ${of})`,
  stages: STAGES,
  units: UNITS,
  ceilings: CEILINGS,
  columns: { stage: 'Stage', time: 'Median', range: 'Least to most', rate: 'Rate', share: 'Share of the ceiling' },
  milliseconds,
  range: (min: number, max: number, runs: number) =>
    runs === 1 ? 'one run' : `${milliseconds(min)} to ${milliseconds(max)}`,
  rate: threeDigits,
  share: (share: number, of: BenchCeiling) => `${percent(share)} ${CEILINGS[of]}`,
  chart: 'How close each stage comes to what the device can do',
  results: 'Results',
  skipped: (stage: BenchStage, why: string) => `${STAGES[stage]} was left out: ${why}`,
  ran: (name: string, bytes: number, adapter: string) => `${name}, ${size(bytes)}, on ${adapter}`,
  memory: {
    name: 'GPU memory',
    most: size,
    when: 'at its most',
    least: (bytes: number) => `${size(bytes)} needed`,
    share: (share: number) => `${percent(share)} weights and KV cache`,
  },
  copy: 'Copy as JSON',
};
