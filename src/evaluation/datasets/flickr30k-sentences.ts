/** A phrase of a sentence that has an entity. */
export interface MarkedPhrase {
  readonly words: string;
  /** The sentence up to the phrase, in plain words. */
  readonly before: string;
  /** Id of the entity: boxes of a picture name it. */
  readonly entity: string;
  /** people, clothing, bodyparts, animals, vehicles, instruments, scene, other, notvisual. */
  readonly types: readonly string[];
}

const MARK = /\[\/EN#(\d+)((?:\/[a-z]+)+) ([^\]]*)\]/g;

/** Phrases of a sentence of Flickr30k Entities: `[/EN#1/people A child] plays`, in their order. */
export function markedPhrases(sentence: string): readonly MarkedPhrase[] {
  const found: MarkedPhrase[] = [];
  let before = '';
  let end = 0;
  for (const match of sentence.matchAll(MARK)) {
    const [whole, entity = '', types = '', words = ''] = match;
    before += sentence.slice(end, match.index);
    found.push({ words, before: before.trim(), entity, types: types.slice(1).split('/') });
    before += words;
    end = match.index + whole.length;
  }
  return found;
}
