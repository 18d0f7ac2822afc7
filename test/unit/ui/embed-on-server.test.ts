import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { GroundedPicture } from '../../../src/react.ts';
import { grounded } from '../state/grounded.ts';

it('the picture of the library is rendered on a server, where there is no canvas and no screen', () => {
  const picture = { src: 'room.png', width: 640, height: 480, alt: 'A room', grounded: null };
  const html = renderToString(createElement(GroundedPicture, picture));
  expect(html).toContain('<img');
  expect(html).toContain('alt="A room"');
});

it('so it is with an answer, whose labels nobody can measure there', () => {
  const answer = grounded('a cat', [{ phrase: 'a cat', boxes: [[0, 0, 0.5, 0.5]] }]);
  const picture = { src: 'room.png', width: 640, height: 480, alt: 'A room', grounded: answer };
  expect(renderToString(createElement(GroundedPicture, picture))).toContain('a cat');
});
