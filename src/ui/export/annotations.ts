import { type AnnotatedImage, annotate } from '../../kosmos2/formats/annotated-image.ts';
import { fileStems } from '../../kosmos2/formats/export-file.ts';
import type { Entity } from '../../kosmos2/grounded-text.ts';
import { type AppState, imageOf } from '../../state/app-state.ts';
import type { PageImage } from '../../state/page-image.ts';
import type { Turn } from '../../state/turn.ts';
import { answerStart } from '../conversation/answer-text.ts';

/** What is exported: one answer, those about the picture on the stage, or all. */
export type Scope = 'turn' | 'conversation' | 'everything';

/** An answer as it is exported, and the picture it is about. */
export interface Annotation {
  readonly image: PageImage;
  readonly turn: Turn;
  readonly annotated: AnnotatedImage;
  /** Of its picture on the person's disk. */
  readonly ownName: string;
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/jpg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/x-ms-bmp': 'bmp',
  'image/heic': 'heic',
  'image/heif': 'heif',
};
const KNOWN: ReadonlySet<string> = new Set([...Object.values(ENDINGS), 'jpeg']);

/** The answers of a scope that can be exported, in the order of the filmstrip. */
export function annotations(state: AppState, scope: Scope, turnId: string | null): readonly Annotation[] {
  const names = fileNames(state.images);
  const own = ownNames(state.images);
  const images = scope === 'everything' ? state.images : [imageOf(state, state.turns[turnId ?? '']?.image)];
  return images.flatMap((image) =>
    image.turns.flatMap((id) => {
      const turn = state.turns[id];
      if (!turn?.grounded || (scope === 'turn' && id !== turnId)) return [];
      const { width, height } = image;
      const part = answerStart(turn.task, turn.grounded) === 0 ? 'all' : 'answer';
      const fileName = names.get(image.id) ?? image.id;
      const annotated = annotate({ fileName, width, height }, turn.grounded, part);
      return { image, turn, annotated, ownName: own.get(image.id) ?? fileName };
    }),
  );
}

/** The entities of the answer that were exported, in the same order: the last of those with a box. */
export function sourcesOf({ entities }: AnnotatedImage, { grounded }: Turn): readonly Entity[] {
  const located = grounded?.entities.filter(({ boxes }) => boxes.length > 0) ?? [];
  return located.slice(located.length - entities.length);
}

/** A file name for every picture, safe everywhere and no two alike. */
export function fileNames(images: readonly PageImage[]): ReadonlyMap<string, string> {
  const stems = fileStems(images.map(({ kind, url, name }) => (kind === 'sample' ? url : name)));
  return new Map(images.map((image, index) => [image.id, `${stems[index]}.${endingOf(image)}`]));
}

/**
 * The name each picture has on the person's disk, for files that are put beside it; of those that are alike the first keeps
 * it, and the others get one that no picture has. One that was made here or pasted goes by the name it is exported as.
 */
export function ownNames(images: readonly PageImage[]): ReadonlyMap<string, string> {
  const safe = fileNames(images);
  const wanted = images.map(({ id, kind, name }) =>
    kind === 'own' && /\.\w{2,5}$/.test(name) ? name : (safe.get(id) ?? id),
  );
  const taken = new Set(wanted);
  const unlike = (name: string) => {
    let unique = name;
    for (let number = 2; taken.has(unique); number += 1) unique = name.replace(/(?=\.\w+$)/, `-${number}`);
    taken.add(unique);
    return unique;
  };
  return new Map(
    images.map(({ id }, index) => {
      const name = wanted[index] ?? id;
      return [id, wanted.indexOf(name) === index ? name : unlike(name)];
    }),
  );
}

/** A sample is a PNG; systems that do not know a kind of picture give its files no media type, only their names. */
function endingOf({ blob, name }: PageImage): string {
  const named = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return ENDINGS[blob?.type ?? ''] ?? (blob && KNOWN.has(named) ? named : 'png');
}
