import { type ReactNode, useState } from 'react';
import * as strings from '../all-strings.ts';
import { useActions } from '../common/app-context.ts';
import { FolderButton } from '../common/FolderButton.tsx';
import { type ChosenFiles, pickedFiles } from './chosen-folder.ts';
import { proposeModel } from './model-subject.ts';
import { useDroppedFiles } from './use-dropped-files.ts';

/** The ways to a model on this device: a folder to choose, or whatever is dropped on the page. */
export function FilesChoice(): ReactNode {
  const actions = useActions();
  const [said, setSaid] = useState('');
  const words = strings.getKosmos2;
  const take = (chosen: ChosenFiles) => {
    if (chosen.files.length === 0) return setSaid(words.noFiles);
    setSaid('');
    proposeModel(actions, chosen);
  };
  useDroppedFiles(take, (error) => setSaid(strings.errors.sentence(error)));
  return (
    <div className="files-choice">
      <p className="help" role="status">
        {said || words.drop}
      </p>
      <FolderButton words={words.fromFolder} className="button file" onFiles={(files) => take(pickedFiles(files))} />
    </div>
  );
}
