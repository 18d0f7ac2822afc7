import { type AnnotatedEntity, type AnnotatedImage, provenance } from './annotated-image.ts';
import type { ExportFile } from './export-file.ts';

/**
 * GrIT, the data set KOSMOS-2 learned from, as JSON lines (https://huggingface.co/datasets/zzliang/GRIT): a line per caption
 * with `noun_chunks` and `ref_exps`, each `[start, end, x1, y1, x2, y2, score]` for one box, in code points of the caption and
 * in 0..1 of the picture. Boxes without a place in the caption cannot be written; where nobody scored a box, its score is 1.
 * Beyond the data set, `edited` counts the rows of each list that a person changed.
 * @param ids of the lines, where they are not counted from 0
 */
export function writeGrit(images: readonly AnnotatedImage[], ids?: readonly number[]): ExportFile[] {
  const lines = images.map(({ fileName, width, height, caption, entities, url }, index) => {
    const located = entities.filter(({ start, end }) => end > start);
    const [expressions, chunks] = [true, false].map((expression) =>
      located.filter(({ kind }) => (kind === 'referring-expression') === expression),
    ) as [AnnotatedEntity[], AnnotatedEntity[]];
    const edited = { noun_chunks: editedRows(chunks), ref_exps: editedRows(expressions) };
    const record = {
      key: fileName,
      id: ids?.[index] ?? index,
      url: url ?? '',
      caption,
      width,
      height,
      noun_chunks: chunks.flatMap(rows),
      ref_exps: expressions.flatMap(rows),
      ...(edited.noun_chunks.length + edited.ref_exps.length === 0 ? {} : { edited }),
    };
    return `${JSON.stringify(record)}\n`;
  });
  return [{ path: 'grit.jsonl', type: 'application/jsonl', text: lines.join('') }];
}

function rows(entity: AnnotatedEntity): number[][] {
  return entity.boxes.map((box, index) => [entity.start, entity.end, ...box, provenance(entity, index).score ?? 1]);
}

/** Which of the rows a person changed. */
function editedRows(entities: readonly AnnotatedEntity[]): number[] {
  const flags = entities.flatMap((entity) => entity.boxes.map((_, index) => provenance(entity, index).edited));
  return flags.flatMap((edited, row) => (edited ? row : []));
}
