import { type ReactNode, useState } from 'react';
import { toAppError } from '../../protocol/errors.ts';
import type { TransferOptions } from '../../protocol/importer-client.ts';
import type { StoredPackage } from '../../protocol/importer-messages.ts';
import * as strings from '../all-strings.ts';
import { AskFirst } from '../common/AskFirst.tsx';
import { modelTitle } from '../common/model-words.ts';
import { Tool } from '../common/Tool.tsx';
import { forgetGone } from './chosen-model.ts';
import { importer } from './importer.ts';
import { UseButton } from './UseButton.tsx';

interface Props {
  readonly model: StoredPackage;
  readonly onDeleted: () => Promise<void>;
}

type FolderPicker = Window & {
  showDirectoryPicker?(options: { mode: 'readwrite' }): Promise<FileSystemDirectoryHandle>;
};

/** What is being done with the model, and what ends it. */
interface Work {
  readonly kind: 'verify' | 'export' | 'remove';
  readonly stop: AbortController;
}

/** One stored model and its actions. */
export function StoredModel({ model, onDeleted }: Props): ReactNode {
  const { name, bytes, date, manifest } = model;
  const address = `stored:${name}`;
  const [said, setSaid] = useState('');
  const [work, setWork] = useState<Work | null>(null);
  const [asking, setAsking] = useState(false);
  const words = strings.models;

  async function begin(kind: Work['kind'], task: (options: TransferOptions) => Promise<string>): Promise<void> {
    const stop = new AbortController();
    setWork({ kind, stop });
    try {
      const told = await task({
        signal: stop.signal,
        onProgress: ({ done, total }) => setSaid(strings.transfer.percent(done, total)),
        onWaiting: () => setSaid(strings.transfer.waiting),
      });
      setSaid(told);
    } catch (thrown) {
      const error = toAppError(thrown);
      // Stopping it, or closing the picker of folders, is no failure.
      setSaid(error.code === 'CANCELLED' ? '' : strings.errors.sentence(error));
    } finally {
      setWork(null);
    }
  }

  const verify = () => begin('verify', async (options) => words.verified(await importer().verify(name, options)));
  const exportTo = () =>
    begin('export', async (options) => {
      const folder = await (window as FolderPicker).showDirectoryPicker?.({ mode: 'readwrite' });
      if (folder) await importer().exportTo(name, folder, options);
      return words.exported(name);
    });
  const remove = async () => {
    await begin('remove', async () => {
      await importer().remove(name);
      forgetGone(address);
      await onDeleted();
      return '';
    });
    setAsking(false);
  };

  const title = manifest ? modelTitle(manifest.name) : name;

  /** The button that began something ends it. */
  const tool = (kind: Work['kind'], told: string, onPress: () => void) =>
    work?.kind === kind ? (
      <Tool words={words.stop} onPress={() => work.stop.abort()} />
    ) : (
      <Tool words={told} onPress={onPress} disabled={work !== null} />
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
        <Tool words={words.remove} onPress={() => setAsking(true)} disabled={work !== null} />
      </span>
      {asking && (
        <AskFirst
          question={words.askRemove(title, bytes)}
          yes={words.remove}
          no={strings.getKosmos2.keep}
          busy={work !== null}
          onYes={() => void remove()}
          onNo={() => setAsking(false)}
        />
      )}
      <span className="help" role="status">
        {said}
      </span>
    </li>
  );
}
