import { type ReactNode, useState } from 'react';
import { toAppError } from '../../protocol/errors.ts';
import { copyPicture } from '../../state/copy-picture.ts';
import * as strings from '../all-strings.ts';
import { useApp, useAppStore } from '../common/app-context.ts';
import { answerText } from '../conversation/answer-text.ts';
import { annotations, type Scope } from '../export/annotations.ts';
import { canShare, save, share } from '../export/hand-over.ts';
import { type Colours, FORMATS, type Format, type MadeFile, makeExport } from '../export/make-export.ts';
import { unsavable } from '../export/unsavable.ts';
import { usePalette } from '../stage/palette.ts';
import { Corrections } from './Corrections.tsx';
import { DialogFrame } from './DialogFrame.tsx';
import { ImportBoxes } from './ImportBoxes.tsx';

/** Answers as files of every kind, or handed on; and boxes from files of others. */
export default function Export({ turn }: { turn: string | null }): ReactNode {
  const [scope, setScope] = useState<Scope>(turn === null ? 'conversation' : 'turn');
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState<Format | null>(null);
  const store = useAppStore();
  const colours = useColours();
  const words = strings.exporting;
  // Corrections made here show at once.
  useApp((state) => state.turns);
  const found = annotations(store.getState(), scope, turn);
  const empty = found.length === 0;
  // Of several pictures the drawings are an archive, which is for saving only.
  const single = new Set(found.map(({ image }) => image.id)).size < 2;

  const make = (format: Format): Promise<MadeFile> => makeExport(format, found, colours);
  /** Does something with a file and says how it went. */
  async function deliver(
    format: Format,
    hand: (made: Promise<MadeFile>) => Promise<unknown>,
    done: string,
  ): Promise<void> {
    if (busy !== null) return;
    setBusy(format);
    try {
      await hand(make(format));
      setSaid(done);
    } catch (thrown) {
      setSaid(strings.errors.sentence(toAppError(thrown)));
    }
    setBusy(null);
  }
  const text = found.map(({ turn: one }) => answerText(one)).join('\n');

  return (
    <DialogFrame title={words.title} kind="sheet">
      <ScopeRow scope={scope} turn={turn} onChoose={setScope} />
      <section>
        <Corrections found={found} />
        <ul className="formats">
          {FORMATS.map((format) => {
            const lacking = empty ? null : unsavable(format, found);
            const { name, help } = words.formats[format];
            return (
              <li key={format}>
                <button
                  type="button"
                  disabled={empty || lacking !== null}
                  // One that is pressed keeps the focus while its file is made.
                  aria-disabled={busy !== null || undefined}
                  onClick={() => void deliver(format, async (made) => save(await made), words.saved(name))}
                >
                  <strong>{name}</strong>
                  <span className="help">{lacking === null ? help : words[lacking]}</span>
                </button>
              </li>
            );
          })}
        </ul>
        <div className="row">
          {'clipboard' in navigator && single && (
            <button
              type="button"
              className="button"
              disabled={empty}
              onClick={() =>
                void deliver('png', (made) => copyPicture(made.then(({ blob }) => blob)), words.copiedPicture)
              }
            >
              {words.copyPicture}
            </button>
          )}
          {'clipboard' in navigator && (
            <button
              type="button"
              className="button"
              disabled={empty}
              onClick={() =>
                navigator.clipboard.writeText(text).then(
                  () => setSaid(words.copiedText),
                  () => setSaid(words.notCopied),
                )
              }
            >
              {words.copyText}
            </button>
          )}
          {canShare() && single && (
            <button
              type="button"
              className="button"
              disabled={empty}
              onClick={() => void deliver('png', async (made) => share(await made, text), '')}
            >
              {words.share}
            </button>
          )}
        </div>
        <p className="help" role="status">
          {empty ? words.nothing : busy ? words.working : said}
        </p>
      </section>
      <ImportBoxes />
    </DialogFrame>
  );
}

function ScopeRow(props: { scope: Scope; turn: string | null; onChoose: (scope: Scope) => void }): ReactNode {
  const several = useApp(({ images }) => images.filter(({ turns }) => turns.length > 0).length > 1);
  const words = strings.exporting;
  const scopes: readonly Scope[] = [
    ...(props.turn === null ? [] : (['turn'] as const)),
    'conversation',
    ...(several ? (['everything'] as const) : []),
  ];
  if (scopes.length < 2) return null;
  return (
    <fieldset className="scopes">
      <legend className="visually-hidden">{words.scope}</legend>
      {scopes.map((scope) => (
        <label key={scope}>
          <input type="radio" name="scope" checked={scope === props.scope} onChange={() => props.onChoose(scope)} />
          {words.scopes[scope]}
        </label>
      ))}
    </fieldset>
  );
}

/** Colours of the stage as `#rrggbb`, which is how files name them. */
function useColours(): Colours {
  const palette = usePalette();
  const long = (colour: string) => colour.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
  return { entity: (number) => long(palette.entity(number)), ink: long(palette.onEntity) };
}
