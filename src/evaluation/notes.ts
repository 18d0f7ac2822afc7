/** What a figure can be compared with, and how far. */
export const NOTES: Readonly<Record<string, string>> = {
  flickr30k: 'Which protocol for phrases with several boxes the paper took is not known here: both are shown.',
  'refcocog-naming':
    'Greedy decoding. METEOR with exact words only is lower than any METEOR in papers: not comparable.',
  'flickr30k-captions':
    'Greedy decoding; the paper’s captions came from a beam of 5. METEOR with exact words only: not comparable.',
  'coco-captions': 'Greedy decoding. METEOR with exact words only: not comparable.',
  vqav2: 'The published figure is that of test-dev, whose answers are not public.',
};
