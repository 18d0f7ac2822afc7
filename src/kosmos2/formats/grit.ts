import type { AnnotatedEntity, AnnotatedImage } from './annotated-image.ts';
import type { ExportFile } from './export-file.ts';

/**
 * GrIT, the data set KOSMOS-2 learned from, as JSON lines (https://huggingface.co/datasets/zzliang/GRIT): a line per caption
 * with `noun_chunks` and `ref_exps`, each `[start, end, x1, y1, x2, y2, score]` for one box, in code points of the caption and
 * in 0..1 of the picture. Boxes without a place in the caption cannot be written; where nobody scored a box, its score is 1.
 */
export function writeGrit(images: readonly AnnotatedImage[]): ExportFile[] {
  const lines = images.map(({ fileName, width, height, caption, entities, url }, id) => {
    const located = entities.filter(({ start, end }) => end > start);
    const [expressions, chunks] = [true, false].map((expression) =>
      located.filter(({ kind }) => (kind === 'referring-expression') === expression).flatMap(rows),
    );
    const record = {
      key: fileName,
      id,
      url: url ?? '',
      caption,
      width,
      height,
      noun_chunks: chunks,
      ref_exps: expressions,
    };
    return `${JSON.stringify(record)}\n`;
  });
  return [{ path: 'grit.jsonl', type: 'application/jsonl', text: lines.join('') }];
}

function rows({ start, end, boxes, score }: AnnotatedEntity): number[][] {
  return boxes.map((box) => [start, end, ...box, score ?? 1]);
}
