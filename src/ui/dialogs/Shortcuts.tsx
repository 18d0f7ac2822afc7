import type { ReactNode } from 'react';
import * as strings from '../all-strings.ts';
import { DialogFrame } from './DialogFrame.tsx';

/** Every key that does something. */
export default function Shortcuts(): ReactNode {
  const { title, help, groups } = strings.shortcuts;
  return (
    <DialogFrame title={title} kind="sheet">
      <p className="help">{help}</p>
      <div className="shortcut-groups">
        {groups.map(({ name, keys }) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>
              {keys.map(({ key, does }) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </DialogFrame>
  );
}
