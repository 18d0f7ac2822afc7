import { type ReactNode, useState } from 'react';
import * as strings from '../all-strings.ts';
import { useActions } from '../common/app-context.ts';
import { FolderButton } from '../common/FolderButton.tsx';
import { type ChosenFiles, pickedFiles } from './chosen-folder.ts';
import { proposeModel } from './model-subject.ts';
import { namedSource } from './named-source.ts';
import { useDroppedFiles } from './use-dropped-files.ts';

/**
 * Names a model by its address or by a folder of this device, chosen or dropped; what it costs is shown before anything is
 * fetched.
 * @param keeps whether this browser can keep it
 */
export function AddModel({ keeps }: { readonly keeps: boolean }): ReactNode {
  const actions = useActions();
  const [address, setAddress] = useState('');
  const [said, setSaid] = useState('');
  const words = strings.models;
  const take = (chosen: ChosenFiles) => {
    if (chosen.files.length > 0) proposeModel(actions, chosen);
  };
  useDroppedFiles(take, (error) => setSaid(strings.errors.sentence(error)));
  return (
    <section>
      <h3>{words.add}</h3>
      <form
        className="add-model"
        onSubmit={(event) => {
          event.preventDefault();
          if (address.trim()) proposeModel(actions, namedSource(address));
        }}
      >
        <input
          type="text"
          aria-label={words.address}
          placeholder={words.addressExample}
          autoComplete="off"
          spellCheck={false}
          value={address}
          onChange={({ target }) => setAddress(target.value)}
        />
        <button type="submit" className="button primary" disabled={!address.trim()}>
          {words.get}
        </button>
        <FolderButton words={words.fromFolder} onFiles={(files) => take(pickedFiles(files))} />
      </form>
      <p className="help" role="status">
        {said || words.addHelp(keeps)}
      </p>
    </section>
  );
}
