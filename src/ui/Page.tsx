import type { ReactNode } from 'react';
import { useEscape } from './common/use-escape.ts';
import { Composer } from './composer/Composer.tsx';
import { Announcer } from './conversation/Announcer.tsx';
import { Conversation } from './conversation/Conversation.tsx';
import { useUndoKeys } from './conversation/use-undo-keys.ts';
import { Dialogs } from './dialogs/Dialogs.tsx';
import { useShortcutsKey } from './dialogs/use-shortcuts-key.ts';
import { DropTarget } from './filmstrip/DropTarget.tsx';
import { Filmstrip } from './filmstrip/Filmstrip.tsx';
import { usePaste } from './filmstrip/use-paste.ts';
import { Header } from './header/Header.tsx';
import { PictureStage } from './stage/PictureStage.tsx';

/** Four places: header, stage, conversation, composer; and the filmstrip under the stage. */
export function Page(): ReactNode {
  useEscape();
  usePaste();
  useUndoKeys();
  useShortcutsKey();
  return (
    <div className="page">
      <Header />
      <PictureStage />
      <Filmstrip />
      <div className="side">
        <Conversation />
        <Composer />
      </div>
      <DropTarget />
      <Dialogs />
      <Announcer />
    </div>
  );
}
