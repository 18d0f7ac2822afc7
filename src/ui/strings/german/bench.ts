import type { BenchCeiling, BenchStage } from '../../../protocol/bench.ts';
import { threeDigits } from '../../../protocol/three-digits.ts';
import type { Translation } from '../../language.ts';
import { milliseconds } from '../format.ts';
import { comma, prozent, umfang, worauf } from './format.ts';

const STAGES = {
  copy: 'Kopieren im Speicher',
  product: 'Matrixprodukt',
  'load-cold': 'Laden von der Website',
  'first-token': 'Erstes Wort über ein neues Bild',
  'follow-up': 'Erstes Wort einer Nachfrage',
  'load-stored': 'Laden aus diesem Browser',
  encode: 'Ein Bild kodieren',
  prefill: 'Einen Prompt lesen',
  'decode-64': 'Ein Wort nach 64 anderen',
  'decode-256': 'Ein Wort nach 256 anderen',
  'decode-500': 'Ein Wort nach 500 anderen',
} satisfies Record<BenchStage, string>;

const CEILINGS = {
  copy: 'der Speicherbandbreite',
  product: 'des Matrixdurchsatzes',
  read: 'des bloßen Lesens',
} satisfies Record<BenchCeiling, string>;

export const bench: Translation = {
  bench: {
    title: 'Messstand',
    about:
      'Misst mit kleinen eigenen Programmen, was dieses Gerät bestenfalls kann, und dann, wie nahe das Modell daran kommt. Dauert eine Minute oder länger; lass das Fenster im Vordergrund.',
    back: 'Zurück zu den Bildern',
    model: (address) => `Modell: ${address}`,
    backend: 'Läuft auf',
    backends: { auto: 'dem Besten, was da ist', webgpu: 'WebGPU', wasm: 'der CPU' },
    run: 'Messen',
    again: 'Noch einmal messen',
    stop: 'Anhalten',
    stopped: 'Angehalten. Was bis dahin gemessen wurde, steht unten.',
    measuring: (stage, at, of) => `Misst: ${STAGES[stage]} (${at} von ${of})`,
    stages: STAGES,
    units: {
      MB: 'MB/s',
      GFLOP: 'GFLOP/s',
      image: 'Bilder/s',
      token: 'Token/s',
      tokens: 'Token/s',
      answer: 'je Sekunde',
    },
    ceilings: CEILINGS,
    columns: {
      stage: 'Schritt',
      time: 'Median',
      range: 'Kürzeste bis längste Zeit',
      rate: 'Rate',
      share: 'Anteil am Möglichen',
    },
    milliseconds: (value) => comma(milliseconds(value)),
    range: (min, max, runs) =>
      runs === 1 ? 'ein Lauf' : `${comma(milliseconds(min))} bis ${comma(milliseconds(max))}`,
    rate: (value) => comma(threeDigits(value)),
    share: (share, of) => `${prozent(share)} ${CEILINGS[of]}`,
    chart: 'Wie nahe jeder Schritt an das kommt, was das Gerät kann',
    results: 'Ergebnisse',
    // Only a stored model is not fetched.
    skipped: (stage, why) =>
      `${STAGES[stage]} wurde ausgelassen: ${stage === 'load-cold' ? 'Dieses Modell liegt in diesem Browser.' : why}`,
    ran: (name, bytes, adapter) => `${name}, ${umfang(bytes)}, auf ${worauf(adapter)}`,
    memory: {
      name: 'GPU-Speicher',
      most: umfang,
      when: 'höchstens',
      least: (bytes) => `${umfang(bytes)} nötig`,
      share: (share) => `${prozent(share)} Gewichte und KV-Cache`,
    },
    copy: 'Als JSON kopieren',
  },
};
