import { describe, expect, it } from 'vitest';
import type { StoredPackage } from '../../../src/protocol/importer-messages.ts';
import { placeOf, type WantedModel } from '../../../src/ui/models/place-of.ts';

const about = { name: 'Model', description: '', licence: 'MIT', scheme: 'q4', repository: 'a/model', revision: null };

function stored(name: string, change: Partial<StoredPackage> = {}): StoredPackage {
  return { name, bytes: 5, date: 0, from: null, identities: [], manifest: about, ...change };
}

function wanted(change: Partial<WantedModel> = {}): WantedModel {
  return { repository: 'a/model', scheme: 'q4', address: null, identity: null, ...change };
}

describe('the place of a model', () => {
  const a = 'https://a.org/model/';
  const b = 'https://b.org/model/';

  it('is that of the same repository and scheme, and no other’s', () => {
    expect(placeOf('model', wanted(), [])).toEqual({ name: 'model', state: 'new', bytes: 0 });
    expect(placeOf('model', wanted(), [stored('model')])).toMatchObject({ name: 'model', state: 'whole' });
    for (const other of [wanted({ scheme: 'q8' }), wanted({ repository: 'b/model' })]) {
      expect(placeOf('model', other, [stored('model')])).toMatchObject({ name: 'model-2', state: 'new' });
    }
  });

  it('of the web is no place of another address, finished or not', () => {
    const models = [stored('model', { from: a }), stored('model-2', { from: b, manifest: null })];
    expect(placeOf('model', wanted({ address: 'https://a.org/model' }), models)).toMatchObject({ state: 'whole' });
    expect(placeOf('model', wanted({ address: b }), models)).toEqual({ name: 'model-2', state: 'begun', bytes: 5 });
    expect(placeOf('model', wanted({ address: 'https://c.org/model/' }), models)).toMatchObject({ name: 'model-3' });
  });

  it('of a repository of a hub is one in all its states', () => {
    const at = (commit: string) => `https://hub.org/a/model/resolve/${commit}/`;
    const place = placeOf('model', wanted({ address: at('new') }), [stored('model', { from: at('old') })]);
    expect(place).toMatchObject({ name: 'model', state: 'whole' });
  });

  it('of files of this device is that of the very same files', () => {
    const models = [stored('checkpoint-1000', { identities: ['manifest', 'run a'] })];
    const place = (identity: string) => placeOf('checkpoint-1000', wanted({ identity }), models);
    expect(place('run a')).toMatchObject({ name: 'checkpoint-1000', state: 'whole' });
    expect(place('run b')).toMatchObject({ name: 'checkpoint-1000-2', state: 'new' });
  });
});
