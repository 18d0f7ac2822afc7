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

const meadow = landscape('meadow', 'sky and grass', [125, 190, 240], [95, 165, 70]);

/** A wall, a skirting board, and a floor. */
const room: Background = {
  id: 'room',
  word: 'a room',
  towards: 'bottom',
  stops: bands([
    [0, [205, 215, 205]],
    [0.64, [240, 240, 235]],
    [0.67, [170, 125, 80]],
    [0.8, [136, 100, 64]],
    [0.81, [170, 125, 80]],
    [0.94, [136, 100, 64]],
    [0.95, [170, 125, 80]],
  ]),
};

const stripes: Background = {
  id: 'stripes',
  word: 'stripes',
  towards: 'right',
  stops: bands(Array.from({ length: 10 }, (_, n) => [n / 10, n % 2 === 0 ? [235, 215, 225] : [205, 165, 190]])),
};

/** All backgrounds, the one a scene begins with first. */
export const BACKGROUNDS: readonly Background[] = [
  meadow,
  landscape('beach', 'sky and sand', [130, 195, 240], [232, 205, 150]),
  landscape('sea', 'sky and sea', [170, 215, 245], [40, 105, 170]),
  landscape('snow', 'sky and snow', [150, 185, 215], [240, 245, 250]),
  landscape('night', 'a night sky', [15, 20, 55], [30, 40, 45]),
  room,
  stripes,
  ...(Object.keys(COLOURS) as ColourName[]).map(plain),
  between('pink', 'blue', 'bottom'),
  between('yellow', 'green', 'right'),
  between('purple', 'orange', 'bottom'),
];

export function backgroundOf(id: string): Background {
  return BACKGROUNDS.find((one) => one.id === id) ?? meadow;
}

/** A sky that is brighter towards the ground. */
function landscape(id: string, word: BackgroundWord, sky: Colour, ground: Colour): Background {
  const [red, green, blue] = sky.map((level) => Math.min(255, level + 25)) as [number, number, number];
  const stops = [at(0, sky), at(HORIZON, [red, green, blue]), at(HORIZON, ground), at(1, ground)];
  return { id, word, towards: 'bottom', stops };
}

/** Colours side by side, each from its part of the way on. */
function bands(starts: readonly (readonly [from: number, colour: Colour])[]): Background['stops'] {
  return starts.flatMap(([from, colour], index) => [at(from, colour), at(starts[index + 1]?.[0] ?? 1, colour)]);
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
