import type { Preset } from '../../state/settings.ts';
import type { FurtherMode, Mode } from '../../state/turn.ts';

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
    placeholder: 'A text to continue; no picture',
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

/** What the modes behind "More" do; those in the row say it in their field. */
export const furtherModes: Readonly<Record<FurtherMode, string>> = {
  plain: 'Answers in words alone',
  caption: 'Describes in words alone',
  choose: 'Picks the likeliest of your own answers',
  ground: 'Finds boxes for phrases of your own text',
  fewshot: 'Learns from answers about other pictures',
  language: 'Continues a text, without a picture',
  expert: 'Runs a raw prompt with the model’s own tags',
};

export const composer = {
  label: 'Ask the model',
  modes: 'What to do',
  stop: 'Stop',
  region: (number: number) => `region ${number}`,
  removeRegion: (number: number) => `Take region ${number} out of the question`,
  hint: 'Click a box, or drag on the picture.',
  regionHint: (numbers: readonly number[]) =>
    numbers.length === 1
      ? 'The region replaces “it” in the question.'
      : `Write a region’s number where you mean it, e.g. [region ${numbers.at(-1)}]. Unmarked, the first replaces “it” in the question; others go at its end.`,
  loadingHint: 'The model is loading. What you ask now waits for it.',
  editing: 'This replaces the question.',
  endEditing: 'Keep the old one',
  more: 'More',
  choices: 'Possible answers, one per line',
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

/** What differs from the usual way of asking, beside the composer. */
export const howAsked = {
  followUp: 'follow-up',
  ownDecoding: 'own decoding',
  preset: {
    default: 'steady',
    official: 'official demo',
    officialSampling: 'official sampling',
  } satisfies Record<Preset, string>,
};

export const batch = {
  progress: (done: number, total: number) => `${done} of ${total} pictures answered`,
  stop: 'Stop all',
};
