import { type ReactNode, useRef, useState } from 'react';
import { toAppError } from '../../protocol/errors.ts';
import type { TransferOptions } from '../../protocol/importer-client.ts';
import type { TransferProgress } from '../../protocol/importer-messages.ts';
import * as strings from '../all-strings.ts';
import { getModel } from './get-model.ts';

/** Gets a model from an address or from files, and shows how far it is. Stopped, it goes on when asked for again. */
export function AddModel({ onChange }: { onChange: () => Promise<void> }): ReactNode {
  const [address, setAddress] = useState('');
  const [progress, setProgress] = useState<TransferProgress | null>(null);
  const [said, setSaid] = useState('');
  const stop = useRef<AbortController | null>(null);
  const words = strings.models;

  async function get(from: string | readonly File[]): Promise<void> {
    stop.current = new AbortController();
    const options: TransferOptions = {
      signal: stop.current.signal,
      onProgress: setProgress,
      onWaiting: () => setSaid(strings.transfer.waiting),
    };
    setSaid('');
    setProgress({ done: 0, total: 0, kept: 0, item: null });
    try {
      await getModel(from, options);
      setAddress('');
      setSaid(words.added);
    } catch (thrown) {
      const error = toAppError(thrown);
      setSaid(error.code === 'CANCELLED' ? words.paused : strings.errors.sentence(error));
    }
    stop.current = null;
    setProgress(null);
    await onChange();
  }

  return (
    <section>
      <h3>{words.add}</h3>
      <form
        className="add-model"
        onSubmit={(event) => {
          event.preventDefault();
          if (address.trim() && !progress) void get(address.trim());
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
        <button type="submit" className="button primary" disabled={progress !== null || !address.trim()}>
          {words.get}
        </button>
        <label className="button">
          {words.fromFolder}
          <input
            type="file"
            className="visually-hidden"
            disabled={progress !== null}
            ref={(input) => input?.setAttribute('webkitdirectory', '')}
            onChange={({ target }) => {
              const files = [...(target.files ?? [])];
              target.value = '';
              if (files.length > 0) void get(files);
            }}
          />
        </label>
      </form>
      {progress && (
        <div className="transfer">
          <progress aria-label={words.progress} max={progress.total || 1} value={progress.done} />
          <span className="help">{words.transfer(progress)}</span>
          <button type="button" className="button" onClick={() => stop.current?.abort()}>
            {words.pause}
          </button>
        </div>
      )}
      <p className="help" role="status">
        {said || words.addHelp}
      </p>
    </section>
  );
}
