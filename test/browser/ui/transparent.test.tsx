import { createRoot } from 'react-dom/client';
import { afterAll, expect, it, vi } from 'vitest';
import { GroundedPicture } from '../../../src/ui/embed/GroundedPicture.tsx';
import { showPage } from './show-page.tsx';
import '../../../src/ui/embed/embed.css';

const shown = showPage();
const { actions } = shown.app;
const embedded = document.body.appendChild(document.createElement('div'));
const root = createRoot(embedded);
afterAll(() => {
  root.unmount();
  embedded.remove();
  shown.close();
});

it('transparent places of a picture are white wherever it is shown, as the model sees them', async () => {
  const canvas = new OffscreenCanvas(64, 64);
  canvas.getContext('2d')?.fillRect(16, 16, 32, 32);
  const transparent = await canvas.convertToBlob();
  await actions.addImages([new File([transparent], 'logo.png', { type: 'image/png' })]);
  const [other = { id: '' }] = shown.app.store.getState().images;
  root.render(<GroundedPicture src="/samples/two-pigs.png" width={640} height={640} alt="" grounded={null} />);
  await vi.waitFor(() =>
    expect(whiteBehind('.stage .picture, .frame:nth-child(3) img, .grounded-picture img')).toBe(3),
  );
  actions.showImage(other.id);
  actions.edit({ mode: 'fewshot' });
  await vi.waitFor(() => expect(whiteBehind('.examples img')).toBe(1));
});

const whiteBehind = (selector: string) =>
  [...document.querySelectorAll(selector)].filter(
    (picture) => getComputedStyle(picture).backgroundColor === 'rgb(255, 255, 255)',
  ).length;
