/** A figure of the KOSMOS-2 paper (arXiv 2306.14824, tables 1 to 4, zero-shot), in percent or as papers print it. */
export interface PublishedFigures {
  readonly [dataset: string]: { readonly [split: string]: { readonly [metric: string]: number } };
}

export const PUBLISHED: PublishedFigures = {
  flickr30k: {
    val: { 'recall@1': 77.8, 'recall@5': 79.2, 'recall@10': 79.3 },
    test: { 'recall@1': 78.7, 'recall@5': 80.1, 'recall@10': 80.1 },
  },
  refcoco: { val: { accuracy: 52.32 }, testA: { accuracy: 57.42 }, testB: { accuracy: 47.26 } },
  'refcoco+': { val: { accuracy: 45.48 }, testA: { accuracy: 50.73 }, testB: { accuracy: 42.24 } },
  refcocog: { val: { accuracy: 60.57 }, test: { accuracy: 61.65 } },
  'refcocog-naming': { val: { CIDEr: 60.3 } },
  'flickr30k-captions': { test: { CIDEr: 66.7 } },
  // Of test-dev, whose answers are not public.
  vqav2: { val2014: { accuracy: 45.6 } },
};
