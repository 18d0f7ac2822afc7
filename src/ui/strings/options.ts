import type { NumberSetting, Preset } from '../../state/settings.ts';

export const options = {
  title: 'How to ask',
  followUp: 'Read earlier turns first',
  followUpHelp: 'The model then knows what was asked and answered before about this picture.',
  memory: (kept: number, of: number) => {
    if (of === 0) return 'There are no earlier turns about this picture yet.';
    if (kept === of) return of === 1 ? 'It has room for the earlier turn.' : `It has room for all ${of} earlier turns.`;
    return `It has room for the last ${kept} of ${of} earlier turns.`;
  },
  askAll: (pictures: number) => `Ask all ${pictures} pictures`,
  askAllHelp: 'Asks what the composer holds about every picture in the row, one by one.',
  nothingToAsk: 'Write in the composer first what to ask.',
  decoding: 'Decoding',
  presets: 'Presets',
  preset: {
    default: {
      name: 'Steady',
      help: 'The most probable word every time; locations kept well-formed.',
    },
    official: {
      name: 'Match the official demo',
      help: 'Picture through JPEG, boxes on the grid, no repeated trigrams, greedy, up to 500 tokens.',
    },
    officialSampling: {
      name: 'Official demo, sampling',
      help: 'The same, but drawn at temperature 0.7 from the likeliest 90%.',
    },
  } satisfies Record<Preset, { name: string; help: string }>,
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
  gridBoxes: 'Boxes on the grid',
  gridBoxesHelp: 'As the official demo draws them; otherwise corners lie between cells, where the model saw them.',
  jpeg: 'Picture through JPEG first',
  jpegHelp: 'As the official demo does with every upload, at quality 75.',
  reset: 'Reset',
};
