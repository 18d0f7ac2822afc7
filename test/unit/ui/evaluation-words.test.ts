import { describe, expect, it } from 'vitest';
import { DATASETS } from '../../../src/evaluation/datasets/datasets.ts';
import { NOTES } from '../../../src/evaluation/notes.ts';
import { evaluation as english } from '../../../src/ui/strings/evaluation.ts';
import { evaluation as translation } from '../../../src/ui/strings/german/evaluation.ts';

const german = translation.evaluation as typeof english;
/** Names that are the same in every language. */
const NAMES = ['Flickr30k Entities', 'RefCOCO', 'RefCOCO+', 'RefCOCOg', 'VQA v2'];

describe('German of the evaluation', () => {
  it('has no English title, note or metric in it', () => {
    for (const [name, { title }] of Object.entries(DATASETS)) {
      expect(english.datasetTitle(name, title)).toBe(title);
      expect([name, german.datasetTitle(name, title) === title]).toEqual([name, NAMES.includes(title)]);
    }
    for (const [name, note] of Object.entries(NOTES)) {
      expect(english.note(name, note)).toBe(note);
      expect([name, german.note(name, note)]).not.toEqual([name, note]);
    }
    expect(['recall@10', 'recall@1, merged boxes', 'mean IoU, corners between cells'].map(german.metric)).toEqual([
      'recall@10',
      'recall@1, vereinte Kästen',
      'mittlere IoU, Ecken zwischen Zellen',
    ]);
  });

  it('lists the files of a folder as its own language does', () => {
    const { flickr30k, scenes } = DATASETS;
    expect(english.holds(flickr30k.holds)).toMatch(
      /^The folder holds Sentences\/\*\.txt, Annotations\/\*\.xml, val\.txt or test\.txt and the pictures\. /,
    );
    expect(german.holds(flickr30k.holds)).toMatch(
      /^Im Ordner liegen Sentences\/\*\.txt, Annotations\/\*\.xml, val\.txt oder test\.txt und die Bilder\. /,
    );
    expect(german.holds(scenes.holds)).toMatch(/^Im Ordner liegen truth\.jsonl und die Bilder\. /);
  });
});
