import { memo, type ReactNode } from 'react';
import { useActions, useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';

/** What went wrong with a picture, over the lower edge of the stage, until it is dismissed. */
export const Notices = memo(function Notices(): ReactNode {
  const notices = useApp((state) => state.notices);
  const opening = useApp((state) => state.opening > 0);
  const { dismiss } = useActions();
  return (
    <div className="notices" role="status">
      {notices.map(({ id, error }) => (
        <div key={id} className="notice">
          {strings.errors.sentence(error)}
          <button type="button" aria-label={strings.stage.dismiss} onClick={() => dismiss(id)}>
            ×
          </button>
        </div>
      ))}
      {opening && <div className="notice">{strings.stage.opening}</div>}
    </div>
  );
});
