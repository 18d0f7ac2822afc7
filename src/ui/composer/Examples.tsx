import type { ReactNode } from 'react';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';

/** Longest answer of an example: a phrase or a sentence. */
const LONGEST = 200;

/** The other pictures, each with room for the answer that would be right for it. */
export function Examples(): ReactNode {
  const images = useApp((state) => state.images);
  const current = useApp((state) => state.current);
  const examples = useApp((state) => state.draft.examples);
  const { edit } = useActions();

  function set(image: string, answer: string): void {
    const others = examples.filter((example) => example.image !== image);
    // The model reads the examples in the order of the filmstrip.
    const all = answer === '' ? others : [...others, { image, answer }];
    const place = (id: string) => images.findIndex((one) => one.id === id);
    edit({ examples: all.toSorted((a, b) => place(a.image) - place(b.image)) });
  }

  const words = strings.composer;
  return (
    <ul className="examples" aria-label={words.examples}>
      {images
        .filter(({ id }) => id !== current)
        .map(({ id, url, name }) => (
          <li key={id}>
            <img src={url} alt="" />
            <input
              type="text"
              dir="auto"
              maxLength={LONGEST}
              placeholder={words.exampleAnswer}
              aria-label={words.exampleFor(strings.stage.picture(name))}
              value={examples.find(({ image }) => image === id)?.answer ?? ''}
              onChange={({ target }) => set(id, target.value)}
            />
          </li>
        ))}
    </ul>
  );
}
