import { memo, type ReactNode } from 'react';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { NextStep } from './NextStep.tsx';

/** What went wrong outside of any turn and what can be done about it, over the lower edge of the stage, until it is dismissed. */
export const Notices = memo(function Notices(): ReactNode {
  const notices = useApp((state) => state.notices);
  const opening = useApp((state) => state.opening > 0);
  const { dismiss } = useActions();
  return (
    <div className="notices" role="status" data-apart>
      {notices.map(({ id, error }) => (
        <div key={id} className="notice">
          <span>
            {strings.errors.sentence(error)} <NextStep error={error} />
          </span>
          <button type="button" className="dismiss" aria-label={strings.stage.dismiss} onClick={() => dismiss(id)}>
            ×
          </button>
        </div>
      ))}
      {opening && <div className="notice">{strings.stage.opening}</div>}
    </div>
  );
});
