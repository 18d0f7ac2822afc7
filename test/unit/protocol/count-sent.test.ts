import { expect, it } from 'vitest';
import { countSent } from '../../../src/protocol/count-sent.ts';

const ADDRESS = 'https://hub.example/model';
const TOKEN = 'Bearer hf_secret';

it.each<[string, Parameters<typeof fetch>, number]>([
  ['an access token', [ADDRESS, { headers: new Headers({ authorization: TOKEN }) }], TOKEN.length],
  ['one of a request', [new Request(ADDRESS, { headers: { Authorization: TOKEN } })], TOKEN.length],
  ['a token and a query', [`${ADDRESS}?a=b`, { headers: { Authorization: TOKEN } }], TOKEN.length + 3],
  ['no words in any other header', [ADDRESS, { headers: { Range: 'bytes=0-7' } }], 0],
])('what is sent is counted: %s', async (_, [input, init], bytes) => {
  const given: unknown[] = [];
  const scope = {
    fetch: (async (...all: unknown[]) => {
      given.push(...all);
      return new Response();
    }) as typeof fetch,
  };
  let sent = 0;
  countSent(scope, (more) => {
    sent += more;
  });
  await scope.fetch(input, init);
  expect(sent).toBe(bytes);
  expect(given).toEqual([input, init]);
});
