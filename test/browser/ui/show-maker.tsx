import '../../../src/ui/styles/page.css';
import { createRoot } from 'react-dom/client';
import { afterAll, expect, vi } from 'vitest';
import { page } from 'vitest/browser';
import { createEngineClient } from '../../../src/protocol/worker-client.ts';
import type { Thing } from '../../../src/scenes/scene.ts';
import { sampleImage } from '../../../src/state/page-image.ts';
import { createApp } from '../../../src/state/store.ts';
import { AppProvider } from '../../../src/ui/common/app-context.ts';
import { Dialogs } from '../../../src/ui/dialogs/Dialogs.tsx';
import { makerStore } from '../../../src/ui/maker/maker-store.ts';

await page.viewport(1280, 800);
const engine = createEngineClient(() => {
  throw new Error('The maker asks no model.');
});
const samples = [sampleImage('Bike', '/samples/bike-turtle.png', 853, 640)] as const;
export const app = createApp(engine, { samples, modelUrl: location.href, backend: 'wasm' });
const root = createRoot(document.body.appendChild(document.createElement('div')));
root.render(
  <AppProvider value={app}>
    <Dialogs />
  </AppProvider>,
);
afterAll(() => {
  root.unmount();
  app.close();
});

export const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
export const one = (selector: string) => {
  const [element] = all(selector);
  if (!element) throw new Error(`nothing is ${selector}`);
  return element;
};
export const button = (name: string) => page.getByRole('button', { name, exact: true });
export const scene = () => makerStore.getState().scene;
export const thing = (id: number, kind: Thing['kind'], x: number, y: number, size = 0.3): Thing => ({
  ...{ id, kind, x, y, size },
  flipped: false,
});

export async function openMaker(): Promise<void> {
  app.actions.openDialog({ kind: 'maker' });
  await vi.waitFor(() => expect(all('.scene')).toHaveLength(1));
}

/** Begins with this scene and nothing to take back. */
export async function begin(things: readonly Thing[], background = 'blue'): Promise<void> {
  makerStore.setState({ scene: { background, things }, selected: null, before: [], after: [], gesture: null });
  await vi.waitFor(() => expect(all('.scene-thing')).toHaveLength(things.length));
  // Real pointers can be captured, those of a test not.
  one('.scene').setPointerCapture = () => {};
}

/** Drags from an element to a place in 0..1 of the scene, in steps. */
export function drag(from: HTMLElement, x: number, y: number, pointerType: 'mouse' | 'touch' = 'mouse'): void {
  const area = one('.scene').getBoundingClientRect();
  const { left, top, width, height } = from.getBoundingClientRect();
  const start = { x: left + width / 2, y: top + height / 2 };
  const end = { x: area.left + x * area.width, y: area.top + y * area.height };
  const fire = (type: string, at: typeof start) =>
    from.dispatchEvent(
      new PointerEvent(type, {
        ...{ bubbles: true, cancelable: true, pointerId: 7, pointerType, button: type === 'pointermove' ? -1 : 0 },
        ...{ clientX: at.x, clientY: at.y },
      }),
    );
  from.setPointerCapture = () => {};
  fire('pointerdown', start);
  for (const part of [0.3, 0.7, 1]) {
    fire('pointermove', { x: start.x + part * (end.x - start.x), y: start.y + part * (end.y - start.y) });
  }
  fire('pointerup', end);
}
