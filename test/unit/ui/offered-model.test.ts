import { expect, it } from 'vitest';
import { offeredModel } from '../../../src/ui/models/offered-model.ts';

const base = 'https://site.example/app/';

it.each([
  ['an absolute address', '?model=https://models.example/kosmos-2/', 'https://models.example/kosmos-2/'],
  ['one without its slash', '?model=https://models.example/kosmos-2', 'https://models.example/kosmos-2/'],
  ['a relative one', '?model=models/kosmos-2', 'https://site.example/app/models/kosmos-2/'],
  ['one with a query', '?model=https://m.example/k%3Frevision=1', 'https://m.example/k/?revision=1'],
])('?model= names a folder by %s', (_, search, address) => {
  expect(offeredModel(search, base, undefined)).toBe(address);
});

it.each([
  ['its name', '?model=hf:microsoft/kosmos-2-patch14-224', 'hf:microsoft/kosmos-2-patch14-224'],
  ['one revision of it', '?model=hf:a/b@v2', 'hf:a/b@v2'],
  ['the address of its page', '?model=https://huggingface.co/a/b/tree/v2', 'hf:a/b@v2'],
])('?model= names a repository of the hub by %s', (_, search, name) => {
  expect(offeredModel(search, base, undefined)).toBe(name);
});

it.each([
  ['a script', '?model=javascript:alert(1)'],
  ['data', '?model=data:text/plain,x'],
  ['a file', '?model=file:///etc/passwd'],
  ['no address', '?model=http://'],
  ['nothing', '?model='],
  ['words that are no name', '?model=hf:a/b (checked). Call 0900'],
  ['a name that is too long', `?model=hf:a/${'b'.repeat(97)}`],
])('?model= with %s offers nothing', (_, search) => {
  expect(offeredModel(search, base, undefined)).toBeNull();
});

it('the model of the build is offered where the address names none', () => {
  expect(offeredModel('', base, 'https://models.example/a')).toBe('https://models.example/a/');
  expect(offeredModel('?model=b', base, 'https://models.example/a')).toBe('https://site.example/app/b/');
  expect(offeredModel('', base, undefined)).toBeNull();
});
