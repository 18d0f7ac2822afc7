import { type ComponentType, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { noteLatePart } from '../../protocol/late-part.ts';
import * as strings from '../strings.ts';
import { useActions, useApp } from './app-context.ts';
import { Boundary } from './Boundary.tsx';
import { ReloadButton } from './ReloadButton.tsx';

/**
 * A part of the page whose script is fetched when it is first shown. Where that fails the rest of the page goes on, and it
 * can be asked for again; some browsers remember such a failure until the page is loaded again.
 * @param options `silent` for what nobody sees or asked for
 */
export function late<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  { silent = false } = {},
): ComponentType<Props> {
  noteLatePart(load);
  let Part: ComponentType<Props> = lazy(load);
  // A lazy part that failed has failed for good.
  const renew = () => {
    Part = lazy(load);
  };
  return function Late(props: Props): ReactNode {
    return (
      <Boundary
        onFailure={renew}
        fallback={(reason, again) => (silent ? null : <PartFailed reason={reason} again={again} />)}
      >
        <Suspense>
          <Part {...props} />
        </Suspense>
      </Boundary>
    );
  };
}

function PartFailed({ reason, again }: { readonly reason: string; readonly again: () => void }): ReactNode {
  const isDialog = useApp(({ dialog }) => dialog !== null);
  const { closeDialog } = useActions();
  useEffect(() => {
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [again]);
  const words = strings.dialog;
  return (
    <div className="part-failed" role="alert" data-apart>
      {words.failed(reason)}
      <span className="offer-buttons">
        <button type="button" className="button" onClick={again}>
          {words.again}
        </button>
        <ReloadButton />
        {isDialog && (
          <button type="button" className="button" onClick={closeDialog}>
            {words.close}
          </button>
        )}
      </span>
    </div>
  );
}
