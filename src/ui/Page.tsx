import type { ReactNode } from 'react';
import { hasFirstAnswer } from '../state/first-answer.ts';
import { useApp } from './common/app-context.ts';
import { Later } from './common/Later.tsx';
import { late } from './common/late.tsx';
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

// Before the first answer nothing is taken away, and nothing takes long.
const AfterFirstAnswer = late(() => import('./common/AfterFirstAnswer.tsx'), { silent: true });

/** Four places: header, stage, conversation, composer; and the filmstrip under the stage. What a visitor looks at first comes first. */
export function Page(): ReactNode {
  useEscape();
  usePaste();
  useUndoKeys();
  useShortcutsKey();
  const answered = useApp(hasFirstAnswer);
  return (
    <div className="page">
      <Header />
      <PictureStage />
      <Later frames={1} meanwhile={<nav className="filmstrip" />}>
        <Filmstrip />
      </Later>
      <div className="side">
        <Later frames={3} meanwhile={<section className="conversation" />}>
          <Conversation />
        </Later>
        <Later frames={2}>
          <Composer />
        </Later>
      </div>
      <Later frames={3}>
        <DropTarget />
        <Dialogs />
        <Announcer />
        {answered && <AfterFirstAnswer />}
      </Later>
    </div>
  );
}
