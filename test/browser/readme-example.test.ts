import { expect, it } from 'vitest';
import { describePicture } from '../../examples/engine.ts';
import source from '../../examples/engine.ts?raw';
import readme from '../../README.md?raw';

it('the README shows examples/engine.ts as it is', () => {
  expect(readme).toContain(source.trim());
});

it('the README’s example says where the things on a picture are', async () => {
  const picture = await (await fetch('/samples/bike-turtle.png')).blob();
  const found = await describePicture(picture, new URL('/models/demo/', location.href).href);
  expect(found.map((line) => line.split(':')[0])).toEqual(['a bike', 'a castle', 'a flower', 'a turtle']);
});
