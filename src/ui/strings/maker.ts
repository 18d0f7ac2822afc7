import { type Category, KINDS, type Kind } from '../../scenes/kinds.ts';
import type { Beyond } from '../../scenes/taught.ts';
import { percent } from './format.ts';

export const maker = {
  title: 'Make a scene',
  loading: 'Fetching the pictures of things',
  noSprites: 'The pictures of things could not be fetched. Check the connection and try again.',
  again: 'Try again',
  hint: 'Drag things to move them, their corners to size them.',
  keysHint: 'Drag things to move them, their corners to size them. Keys: arrows, +, −, F, Del.',
  things: 'Things in the scene',
  thing: (name: string, position: string) => `${name}, ${position}`,
  empty: 'Nothing here yet. Shuffle, or choose a thing.',
  whole: 'The whole scene',
  shuffle: 'Shuffle',
  clear: 'Clear',
  undo: 'Undo',
  redo: 'Redo',
  selected: (name: string) => `Selected: ${name}`,
  noneSelected: 'No thing is selected',
  size: 'Size',
  sizeOf: percent,
  flip: 'Flip',
  forward: 'Forward',
  backward: 'Back',
  remove: 'Delete',
  background: 'Background',
  search: 'Find a thing',
  noKind: (words: string) => `The demo model knows no '${words}'.`,
  add: (name: string) => `Add ${name}`,
  added: (name: string) => `${name} added.`,
  tile: (name: string, _kind: Kind) => name,
  full: 'Twelve things are the most. Delete one to add another.',
  beyond: {
    many: 'The demo model was taught one to ten things: it will miss some here.',
    hidden: 'It was taught things that hide a third of each other at most: these hide more.',
    large: 'Very large things are beyond what it was taught.',
  } satisfies Record<Beyond, string>,
  use: 'Use this scene',
  notDrawn: 'The picture could not be drawn. Close other tabs and try again.',
  name: (number: number) => `Scene ${number}`,
  categories: {
    animal: 'Animals',
    food: 'Food',
    plant: 'Plants',
    vehicle: 'Vehicles',
    building: 'Buildings',
    clothing: 'Clothing',
    instrument: 'Instruments',
    ball: 'Balls',
    thing: 'Things',
  } satisfies Record<Category, string>,
  /** What the demo model calls them. */
  kinds: Object.fromEntries(KINDS.map((kind) => [kind, kind])) as Record<Kind, string>,
  backgrounds: {
    meadow: 'Sky and grass',
    beach: 'Sky and sand',
    sea: 'Sky and sea',
    snow: 'Sky and snow',
    night: 'Night sky',
    room: 'A room',
    stripes: 'Stripes',
    white: 'White',
    yellow: 'Yellow',
    orange: 'Orange',
    red: 'Red',
    pink: 'Pink',
    purple: 'Purple',
    blue: 'Blue',
    green: 'Green',
    brown: 'Brown',
    gray: 'Gray',
    black: 'Black',
    'pink-blue': 'Pink to blue',
    'yellow-green': 'Yellow to green',
    'purple-orange': 'Purple to orange',
  } as Record<string, string>,
};

/** How right an answer about a scene is. */
export const sceneScore = {
  about:
    'Compared with the scene you made: a box is right where it overlaps its thing by at least half (IoU of 0.5 or more).',
  boxes: (right: number, of: number) => {
    if (right < of) return `${right} of ${of} boxes right.`;
    if (of === 1) return 'The box is right.';
    return of === 2 ? 'Both boxes are right.' : `All ${of} boxes are right.`;
  },
  named: (right: number, of: number) => {
    if (right < of) return `${right} of ${of} things are there.`;
    return of === 1 ? 'It is there.' : `All ${of} things are there.`;
  },
  missed: (things: string) => `Missed: ${things}.`,
  right: 'The answer is right.',
  rightNone: 'Right: there is none.',
  wrong: (words: string) => `Not right: the answer is ${words}.`,
};
