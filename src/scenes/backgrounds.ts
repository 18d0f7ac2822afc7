import type { BackgroundWord } from './truth.ts';

/** A colour as three bytes. */
export type Colour = readonly [red: number, green: number, blue: number];

/** What is behind the things: colours from one edge to the other, each `at` its part of the way. */
export interface Background {
  readonly id: string;
  /** What the model was taught to call it. */
  readonly word: BackgroundWord;
  readonly towards: 'bottom' | 'right';
  readonly stops: readonly { readonly at: number; readonly colour: Colour }[];
}

const COLOURS = {
  white: [250, 250, 250],
  yellow: [245, 220, 80],
  orange: [240, 140, 40],
  red: [205, 45, 45],
  pink: [245, 160, 190],
  purple: [135, 75, 180],
  blue: [60, 110, 215],
  green: [80, 170, 80],
  brown: [130, 90, 60],
  gray: [135, 135, 138],
  black: [22, 22, 25],
} as const satisfies Readonly<Record<string, Colour>>;

type ColourName = keyof typeof COLOURS;

/** How far the sky reaches down. */
const HORIZON = 0.55;

const meadow: Background = {
  id: 'meadow',
  word: 'sky and grass',
  towards: 'bottom',
  stops: [
    { at: 0, colour: [125, 190, 240] },
    { at: HORIZON, colour: [150, 215, 252] },
    { at: HORIZON, colour: [95, 165, 70] },
    { at: 1, colour: [95, 165, 70] },
  ],
};

/** All backgrounds, the one a scene begins with first. */
export const BACKGROUNDS: readonly Background[] = [
  meadow,
  ...(Object.keys(COLOURS) as ColourName[]).map(plain),
  between('pink', 'blue', 'bottom'),
  between('yellow', 'green', 'right'),
  between('purple', 'orange', 'bottom'),
];

export function backgroundOf(id: string): Background {
  return BACKGROUNDS.find((one) => one.id === id) ?? meadow;
}

function plain(name: ColourName): Background {
  const colour = COLOURS[name];
  return { id: name, word: name, towards: 'bottom', stops: [at(0, colour), at(1, colour)] };
}

function between(from: ColourName, to: ColourName, towards: Background['towards']): Background {
  return { id: `${from}-${to}`, word: 'colorful', towards, stops: [at(0, COLOURS[from]), at(1, COLOURS[to])] };
}

function at(part: number, colour: Colour): Background['stops'][number] {
  return { at: part, colour };
}
