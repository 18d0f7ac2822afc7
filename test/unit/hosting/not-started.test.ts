import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it.each(['index.html', 'bench.html', 'evaluation.html'])(
  'where %s does not start, the link that loads it again says that it forgets what the address asked for',
  (page) => {
    const html = readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8');
    const sentences = [...html.matchAll(/<p[^>]*>([^<]*)<a href="\?again">[^<]*<\/a>([^<]*)<\/p>/g)].map(
      ([, , rest]) => rest,
    );
    expect(sentences).toEqual([
      expect.stringContaining('has to be opened once more'),
      expect.stringContaining('noch einmal geöffnet'),
    ]);
  },
);
