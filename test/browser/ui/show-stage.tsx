import '../../../src/ui/styles/page.css';
import { createRoot } from 'react-dom/client';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { boxToPatchPair } from '../../../src/kosmos2/patch-index.ts';
import { createEngineClient } from '../../../src/protocol/worker-client.ts';
import type { MarkedBox } from '../../../src/state/marks.ts';
import { newImage } from '../../../src/state/page-image.ts';
import { type App, createApp } from '../../../src/state/store.ts';
import { AppProvider } from '../../../src/ui/common/app-context.ts';
import { PictureStage } from '../../../src/ui/stage/PictureStage.tsx';

export interface ShownStage {
  readonly app: App;
  readonly stage: HTMLElement;
  close(): void;
}

/** Corners of a box in 0..1 of the picture. */
export type Corners = readonly [x1: number, y1: number, x2: number, y2: number];

/** Shows the stage alone, as large as this, with a picture of `width` x `height` and these boxes; the model stays shut. */
export async function showStage(
  size: { readonly width: number; readonly height: number },
  boxes: readonly Corners[],
  room: { readonly width: number; readonly height: number } = { width: 900, height: 640 },
): Promise<ShownStage> {
  const engine = createEngineClient(() => {
    throw new Error('The stage alone asks no model.');
  });
  const blob = await painted(size);
  const url = URL.createObjectURL(blob);
  const image = { ...newImage({ id: 'a', kind: 'own', name: 'a', url, blob, ...size }), boxes: boxes.map(markOf) };
  const app = createApp(engine, { samples: [image], modelUrl: location.href, backend: 'wasm' });
  const element = document.body.appendChild(document.createElement('div'));
  Object.assign(element.style, {
    display: 'grid',
    gridTemplate: '"stage" 1fr / 1fr',
    width: `${room.width}px`,
    height: `${room.height}px`,
  });
  const root = createRoot(element);
  root.render(
    <AppProvider value={app}>
      <PictureStage />
    </AppProvider>,
  );
  const picture = await until(() => element.querySelector<HTMLImageElement>('.picture'));
  await picture.decode();
  await until(() => element.querySelector('.stage-canvas canvas'));
  return {
    app,
    stage: await until(() => element.querySelector<HTMLElement>('.stage')),
    close() {
      root.unmount();
      element.remove();
      URL.revokeObjectURL(url);
      app.close();
    },
  };
}

function markOf(corners: Corners, index: number): MarkedBox {
  const box = unitBox(...corners);
  const at = { turn: 'turn', entity: index, index: 0, number: index + 1 };
  return { ...at, key: `turn/${index}/0`, phrase: `a thing ${index}`, box, patches: boxToPatchPair(box), score: 0.5 };
}

/** A picture with something to see at every place. */
async function painted({ width, height }: { width: number; height: number }): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no 2d context');
  for (let y = 0; y < 24; y++) {
    for (let x = 0; x < 32; x++) {
      pen.fillStyle = `hsl(${(x * 37 + y * 53) % 360} 60% ${40 + ((x * 7 + y * 11) % 40)}%)`;
      pen.fillRect((x * width) / 32, (y * height) / 24, width / 32 + 1, height / 24 + 1);
    }
  }
  return canvas.convertToBlob({ type: 'image/jpeg' });
}

async function until<T>(find: () => T | null): Promise<T> {
  for (;;) {
    const found = find();
    if (found !== null) return found;
    await new Promise(requestAnimationFrame);
  }
}
