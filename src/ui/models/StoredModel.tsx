import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { StoredPackage } from '../../protocol/importer-messages.ts';
import { storedAddress } from '../../protocol/stored-address.ts';
import * as strings from '../all-strings.ts';
import { AskFirst } from '../common/AskFirst.tsx';
import { modelTitle } from '../common/model-words.ts';
import { Tool } from '../common/Tool.tsx';
import { forgetGone } from './chosen-model.ts';
import { importer } from './importer.ts';
import { beginWork, forgetOutcome, type StoredWork, storedWork } from './stored-work.ts';
import { UseButton } from './UseButton.tsx';

interface Props {
  readonly model: StoredPackage;
  readonly onDeleted: () => Promise<void>;
}

type FolderPicker = Window & {
  showDirectoryPicker?(options: { mode: 'readwrite' }): Promise<FileSystemDirectoryHandle>;
};

/** One stored model and its actions. */
export function StoredModel({ model, onDeleted }: Props): ReactNode {
  const { name, bytes, date, manifest } = model;
  const address = storedAddress(name);
  const work = useStore(storedWork, (works) => works.get(name));
  const busy = work !== undefined && work.stop !== null;
  const [asking, setAsking] = useState(false);
  useEffect(() => () => forgetOutcome(name), [name]);
  const words = strings.models;

  const verify = () =>
    beginWork(name, 'verify', async (options) => words.verified(await importer().verify(name, options)));
  const exportTo = () =>
    beginWork(name, 'export', async (options) => {
      const folder = await (window as FolderPicker).showDirectoryPicker?.({ mode: 'readwrite' });
      if (folder) await importer().exportTo(name, folder, options);
      return words.exported(name);
    });
  const remove = async () => {
    await beginWork(name, 'remove', async () => {
      await importer().remove(name);
      forgetGone(address);
      await onDeleted();
      return '';
    });
    setAsking(false);
  };

  const title = manifest ? modelTitle(manifest.name) : name;

  /** The button that began something ends it. */
  const tool = (kind: StoredWork['kind'], told: string, onPress: () => void) =>
    busy && work.kind === kind ? (
      <Tool words={words.stop} onPress={() => work.stop?.abort()} />
    ) : (
      <Tool words={told} onPress={onPress} disabled={busy} />
    );

  return (
    <li>
      <strong>{title}</strong>
      <span className="help">
        {manifest
          ? words.about(manifest.scheme, bytes, manifest.licence, manifest.repository, date)
          : words.unfinished(bytes)}
      </span>
      <span className="buttons" hidden={asking}>
        {manifest && (
          <>
            <UseButton address={address} />
            {tool('verify', words.verify, verify)}
            {'showDirectoryPicker' in window && tool('export', words.export, exportTo)}
          </>
        )}
        <Tool words={words.remove} onPress={() => setAsking(true)} disabled={busy} />
      </span>
      {asking && (
        <AskFirst
          question={words.askRemove(title, bytes)}
          yes={words.remove}
          no={strings.getKosmos2.keep}
          busy={busy}
          onYes={() => void remove()}
          onNo={() => setAsking(false)}
        />
      )}
      <span className="help" role="status">
        {work?.said}
      </span>
    </li>
  );
}
