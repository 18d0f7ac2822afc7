import { type ReactNode, useState } from 'react';
import { toAppError } from '../../protocol/errors.ts';
import type { StoredPackage, TransferProgress } from '../../protocol/importer-messages.ts';
import * as strings from '../all-strings.ts';
import { forgetGone } from './chosen-model.ts';
import { importer } from './importer.ts';
import { UseButton } from './UseButton.tsx';

interface Props {
  readonly model: StoredPackage;
  readonly onChange: () => Promise<void>;
}

type FolderPicker = Window & {
  showDirectoryPicker?(options: { mode: 'readwrite' }): Promise<FileSystemDirectoryHandle>;
};

/** One stored model and its actions. */
export function StoredModel({ model, onChange }: Props): ReactNode {
  const { name, bytes, date, manifest } = model;
  const address = `stored:${name}`;
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const words = strings.models;

  async function work(task: (onProgress: (progress: TransferProgress) => void) => Promise<string>): Promise<void> {
    setBusy(true);
    try {
      setSaid(await task(({ done, total }) => setSaid(strings.transfer.percent(done, total))));
    } catch (thrown) {
      // Closing the picker of folders is no failure.
      setSaid(
        thrown instanceof DOMException && thrown.name === 'AbortError'
          ? ''
          : strings.errors.sentence(toAppError(thrown)),
      );
    } finally {
      setBusy(false);
    }
  }

  const verify = () => work(async (onProgress) => words.verified(await importer().verify(name, { onProgress })));
  const exportTo = () =>
    work(async (onProgress) => {
      const folder = await (window as FolderPicker).showDirectoryPicker?.({ mode: 'readwrite' });
      if (folder) await importer().exportTo(name, folder, { onProgress });
      return words.exported(name);
    });
  const remove = () =>
    work(async () => {
      await importer().remove(name);
      forgetGone(address);
      await onChange();
      return '';
    });

  return (
    <li>
      <strong>{manifest?.name ?? name}</strong>
      <span className="help">
        {manifest
          ? words.about(manifest.scheme, bytes, manifest.licence, manifest.repository, date)
          : words.unfinished(bytes)}
      </span>
      <span className="buttons">
        {manifest && (
          <>
            <UseButton address={address} />
            <button type="button" className="button" disabled={busy} onClick={verify}>
              {words.verify}
            </button>
            {'showDirectoryPicker' in window && (
              <button type="button" className="button" disabled={busy} onClick={exportTo}>
                {words.export}
              </button>
            )}
          </>
        )}
        <button type="button" className="button" disabled={busy} onClick={remove}>
          {words.remove}
        </button>
      </span>
      <span className="help" role="status">
        {said}
      </span>
    </li>
  );
}
