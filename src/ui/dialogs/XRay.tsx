import { type CSSProperties, type KeyboardEvent, type ReactNode, useState } from 'react';
import { columnOf, rowOf } from '../../kosmos2/patch-index.ts';
import { imageOf } from '../../state/app-state.ts';
import type { WrittenToken } from '../../state/turn.ts';
import * as strings from '../all-strings.ts';
import { useApp } from '../common/app-context.ts';
import { AskedWith } from './AskedWith.tsx';
import { DialogFrame } from './DialogFrame.tsx';
import { LocationGrid } from './LocationGrid.tsx';

/** How the model came to an answer: each token with its probability, and what else it thought of. */
export default function XRay({ turn: id }: { turn: string }): ReactNode {
  const turn = useApp((state) => state.turns[id]);
  const [at, setAt] = useState(0);
  const words = strings.xray;
  const tokens = turn?.tokens ?? [];
  const token = tokens[at];
  return (
    <DialogFrame title={words.title} kind="sheet">
      <p className="help">{tokens.length === 0 ? words.nothing : words.help}</p>
      {turn && <AskedWith settings={turn.settings} />}
      <TokenStream tokens={tokens} at={at} onPick={setAt} />
      {turn && token && (
        <section className="token-detail" aria-live="polite">
          <Alternatives token={token} />
          {token.text.startsWith(LOCATION) && <Location imageId={turn.image} token={token} />}
        </section>
      )}
    </DialogFrame>
  );
}

const LOCATION = '<patch_index_';

interface StreamProps {
  readonly tokens: readonly WrittenToken[];
  readonly at: number;
  readonly onPick: (at: number) => void;
}

/** The tokens in a row; the less sure the model was, the more a token stands out. Arrows walk along it. */
function TokenStream({ tokens, at, onPick }: StreamProps): ReactNode {
  function walk(event: KeyboardEvent<HTMLElement>): void {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tokens.length - 1 }[event.key];
    if (to === undefined || !tokens[to]) return;
    event.preventDefault();
    onPick(to);
    (event.currentTarget.children[to]?.firstElementChild as HTMLElement | null)?.focus();
  }
  return (
    <ol className="token-stream" aria-label={strings.xray.stream} onKeyDown={walk}>
      {tokens.map(({ text, probability }, index) => {
        // Tokens only ever grow at the end, so a token's place is its name.
        const key = index;
        return (
          <li key={key}>
            <button
              type="button"
              tabIndex={index === at ? 0 : -1}
              aria-pressed={index === at}
              aria-label={strings.xray.token(text, probability)}
              data-tag={text.startsWith('<') || undefined}
              style={{ '--doubt': `${Math.round(70 * (1 - probability))}%` } as CSSProperties}
              onFocus={() => onPick(index)}
              onPointerEnter={() => onPick(index)}
            >
              {text.trim() === '' ? '␣' : text.trim()}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** What the model could have written here, the written one marked. */
function Alternatives({ token }: { token: WrittenToken }): ReactNode {
  const words = strings.xray;
  const all = token.trace?.alternatives ?? [];
  return (
    <div>
      <h3>{words.alternatives}</h3>
      {all.length === 0 && <p className="help">{words.token(token.text, token.probability)}</p>}
      <ol className="scores small">
        {all.map(({ id, text, probability }) => (
          <li key={id} data-best={id === token.id || undefined}>
            <span className="choice">{text}</span>
            <span className="bar" aria-hidden="true">
              <span style={{ width: `${100 * probability}%` }} />
            </span>
            <span className="score">{strings.conversation.probability(probability)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Where on the grid a location token is, over the picture. */
function Location({ imageId, token }: { imageId: string; token: WrittenToken }): ReactNode {
  const image = useApp((state) => imageOf(state, imageId));
  const cell = Number(token.text.slice(LOCATION.length, LOCATION.length + 4));
  return (
    <div>
      <h3>{strings.xray.cell(columnOf(cell), rowOf(cell))}</h3>
      <LocationGrid
        url={image.url}
        ratio={image.width / image.height}
        cell={cell}
        locations={token.trace?.locations ?? null}
      />
    </div>
  );
}
