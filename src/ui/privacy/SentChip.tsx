import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import * as strings from '../strings.ts';
import { sentStore } from './sent-store.ts';

/** What has left this device through the page: nothing, and this is where one can see it. */
export function SentChip(): ReactNode {
  const bytes = useStore(sentStore, (sent) => sent.bytes);
  return (
    <span className="chip sent" title={strings.privacy.about} data-sent={bytes}>
      {strings.privacy.sent(bytes)}
    </span>
  );
}
