// How the arrays of a weight are called inside a package's shards:
//   <weight>            float numbers, F32 or F16
//   <weight>.q4, .q8    codes of a quantized weight
//   <weight>.scales     its scales
// and `.from_row_<n>` after it for the rows from n of a weight that lies in several blocks.

/** What a stored array is to its weight. */
export type StoredPart = 'floats' | 'q4' | 'q8' | 'scales';

export interface StoredName {
  readonly weight: string;
  readonly part: StoredPart;
  readonly rowStart: number;
}

/** The key of an array in a shard. */
export function storedName({ weight, part, rowStart }: StoredName): string {
  return weight + (part === 'floats' ? '' : `.${part}`) + (rowStart === 0 ? '' : `.from_row_${rowStart}`);
}

/** Reads such a key; every text is one, if only of a weight nobody expects. */
export function parseStoredName(name: string): StoredName {
  const [, weight = name, part = 'floats', rowStart = '0'] =
    /^(.*?)(?:\.(q4|q8|scales))?(?:\.from_row_(\d{1,9}))?$/s.exec(name) ?? [];
  return { weight, part: part as StoredPart, rowStart: Number(rowStart) };
}
