import { type ReactNode, useEffect, useState } from 'react';
import type { StoredPackage } from '../../protocol/importer-messages.ts';
import * as strings from '../all-strings.ts';
import { useActions } from '../common/app-context.ts';
import { Cost, type KEPT_BYTES } from './Cost.tsx';
import { nameOf } from './get-model.ts';
import { importer } from './importer.ts';
import { OtherSource, type Source } from './OtherSource.tsx';
import { offeredModel } from './offered-model.ts';
import { startTransfer } from './transfer-store.ts';
import { useDroppedFiles } from './use-dropped-files.ts';

const OFFICIAL: Source = { repository: 'hf:microsoft/kosmos-2-patch14-224', endpoint: '', token: '' };

/** What the full model costs and what this device has, and the ways to get it. Nothing is fetched before one is chosen. */
export function BeforeTransfer({ onOpen }: { onOpen: (name: string) => void }): ReactNode {
  const { openDialog } = useActions();
  const [scheme, setScheme] = useState<keyof typeof KEPT_BYTES>('q4');
  const [source, setSource] = useState(OFFICIAL);
  const [stored, setStored] = useState<readonly StoredPackage[]>([]);
  const [said, setSaid] = useState('');
  const words = strings.getKosmos2;
  useEffect(() => {
    importer()
      .list()
      .then(setStored, () => setStored([]));
  }, []);
  const hosted = offeredModel(location.search, document.baseURI, import.meta.env.VITE_MODEL_URL);
  const repository = source.repository.trim();
  const nameFor = (from: string | readonly File[]) => nameOf(from) + (scheme === 'q4' ? '' : `-${scheme}`);
  const name = nameFor(repository);
  const earlier = stored.find((model) => model.name === name);

  function start(from: string | readonly File[]): void {
    if (from.length === 0) {
      setSaid(words.noFiles);
      return;
    }
    const endpoint = source.endpoint.trim() || undefined;
    startTransfer({ from, name: nameFor(from), scheme, endpoint, token: source.token.trim() || undefined });
  }
  useDroppedFiles(start, () => setSaid(words.notRead));

  return (
    <div className="before-getting">
      <p>{words.about}</p>
      {hosted && (
        <section>
          <p>{words.hosted}</p>
          <button
            type="button"
            className="button primary"
            onClick={() => openDialog({ kind: 'offer', address: hosted })}
          >
            {words.getHosted}
          </button>
        </section>
      )}
      <Cost scheme={scheme} onScheme={setScheme} />
      <OtherSource source={source} onChange={setSource} />
      {earlier && <p role="status">{earlier.manifest ? words.ready : words.begun(earlier.bytes)}</p>}
      <div className="offer-buttons">
        {earlier?.manifest ? (
          <button type="button" className="button primary" onClick={() => onOpen(name)}>
            {words.openNow}
          </button>
        ) : (
          <button
            type="button"
            className={hosted ? 'button' : 'button primary'}
            disabled={!repository}
            onClick={() => start(repository)}
          >
            {earlier ? words.goOn : words.start}
          </button>
        )}
        <label className="button file">
          {words.fromFolder}
          <input
            type="file"
            ref={(input) => input?.setAttribute('webkitdirectory', '')}
            onChange={({ target }) => {
              const files = [...(target.files ?? [])];
              target.value = '';
              start(files);
            }}
          />
        </label>
      </div>
      <p className="help" role="status">
        {said || words.drop}
      </p>
    </div>
  );
}
