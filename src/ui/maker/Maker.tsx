import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { AppError } from '../../protocol/errors.ts';
import { truthOf } from '../../scenes/scene.ts';
import { beyondTaught } from '../../scenes/taught.ts';
import { MOST_THINGS } from '../../scenes/truth.ts';
import type { PageImage } from '../../state/page-image.ts';
import * as strings from '../all-strings.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { useMedia } from '../common/use-media.ts';
import { DialogFrame } from '../dialogs/DialogFrame.tsx';
import { BackgroundChoice } from './BackgroundChoice.tsx';
import { drawScene } from './draw-scene.ts';
import { makerStore, noteUsed } from './maker-store.ts';
import { Palette } from './Palette.tsx';
import { SceneStage } from './SceneStage.tsx';
import { SceneTools } from './SceneTools.tsx';
import { loadSheet, sheetStore } from './sprites.ts';
import { useSceneUndo } from './use-scene-undo.ts';

/** Makes a scene of things the demo model knows: composed at random, or by hand. */
export default function Maker(): ReactNode {
  const failed = useStore(sheetStore, (sheet) => sheet.failed);
  const image = useStore(sheetStore, (sheet) => sheet.image);
  useEffect(() => void loadSheet(), []);
  const words = strings.maker;
  return (
    <DialogFrame title={words.title} kind="sheet">
      {image ? (
        <Workshop sheet={image} />
      ) : (
        <div className="maker-waits" role="status">
          <p>{failed ? words.noSprites : words.loading}</p>
          {failed && (
            <button type="button" className="button" onClick={() => void loadSheet()}>
              {words.again}
            </button>
          )}
        </div>
      )}
    </DialogFrame>
  );
}

function Workshop({ sheet }: { sheet: HTMLImageElement }): ReactNode {
  const { addScene, closeDialog } = useActions();
  const name = useApp(({ images }) => freeName(images));
  const scene = useStore(makerStore, (making) => making.scene);
  const stage = useRef<HTMLDivElement>(null);
  useSceneUndo();
  const [said, setSaid] = useState('');
  const [drawing, setDrawing] = useState(false);
  const [failure, setFailure] = useState('');
  const keys = useMedia('(pointer: fine)');
  const words = strings.maker;
  const empty = scene.things.length === 0;
  const told = [
    ...(scene.things.length >= MOST_THINGS ? [words.full] : []),
    ...beyondTaught(scene).map((how) => words.beyond[how]),
  ];

  async function use(): Promise<void> {
    setDrawing(true);
    setFailure('');
    try {
      const picture = await drawScene(scene, sheet);
      closeDialog();
      const file = new File([picture], name, { type: picture.type });
      if (await addScene(file, truthOf(scene))) noteUsed(scene);
    } catch (thrown) {
      setFailure(thrown instanceof AppError ? strings.errors.sentence(thrown) : words.notDrawn);
      setDrawing(false);
    }
  }

  return (
    <div className="maker">
      <div className="maker-scene">
        <div ref={stage} className="scene-place">
          <SceneStage />
        </div>
        <SceneTools />
        <p className="visually-hidden" role="status">
          {said}
        </p>
        <div className="maker-end">
          <p className="help" role="status">
            {failure || told.join(' ') || (keys ? words.keysHint : words.hint)}
          </p>
          <button type="button" className="button primary" disabled={empty || drawing} onClick={() => void use()}>
            {words.use}
          </button>
        </div>
      </div>
      <div className="maker-side">
        <BackgroundChoice />
        <Palette
          sceneRef={stage}
          onAdd={(kind, added) => setSaid(added ? words.added(words.kinds[kind]) : words.full)}
        />
      </div>
    </div>
  );
}

/** The next scene's name, which no picture has: of several scenes any may have been removed. */
function freeName(images: readonly PageImage[]): string {
  let number = 1 + images.filter(({ truth }) => truth !== null).length;
  while (images.some(({ name }) => name === strings.maker.name(number))) number++;
  return strings.maker.name(number);
}
