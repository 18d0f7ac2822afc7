/** The kinds of things the demo model was taught, by what it calls their category. */
const CATEGORIES = {
  animal: [
    'dog',
    'cat',
    'horse',
    'pig',
    'rabbit',
    'lion',
    'panda',
    'monkey',
    'elephant',
    'chicken',
    'penguin',
    'frog',
    'turtle',
    'fish',
    'octopus',
    'butterfly',
    'bee',
  ],
  food: [
    'apple',
    'banana',
    'grapes',
    'strawberry',
    'watermelon',
    'pineapple',
    'carrot',
    'pizza',
    'burger',
    'cake',
    'donut',
    'ice cream',
  ],
  plant: ['tree', 'flower', 'cactus'],
  vehicle: ['car', 'bus', 'train', 'bike', 'plane', 'helicopter', 'rocket', 'boat'],
  building: ['house', 'castle'],
  thing: [
    'sun',
    'star',
    'rainbow',
    'snowman',
    'fire',
    'soccer ball',
    'guitar',
    'book',
    'laptop',
    'camera',
    'clock',
    'umbrella',
    'hat',
    'crown',
    'gift',
    'robot',
    'ghost',
    'heart',
    'balloon',
    'smiley face',
  ],
} as const;

export type Category = keyof typeof CATEGORIES;
export type Kind = (typeof CATEGORIES)[Category][number];

/** All kinds, those of one category together. */
export const KINDS: readonly Kind[] = Object.values(CATEGORIES).flat();

const CATEGORY_OF = new Map<Kind, Category>(
  Object.entries(CATEGORIES).flatMap(([category, kinds]) => kinds.map((kind) => [kind, category as Category] as const)),
);

export function isKind(value: unknown): value is Kind {
  return (KINDS as readonly unknown[]).includes(value);
}

export function isCategory(value: string): value is Category {
  return Object.hasOwn(CATEGORIES, value);
}

/** What the model was taught to answer to "What kind of thing is it?" */
export function categoryOf(kind: Kind): Category {
  return CATEGORY_OF.get(kind) ?? 'thing';
}
