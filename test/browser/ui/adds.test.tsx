import { afterAll, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { showPage } from './show-page.tsx';

await page.viewport(800, 1000);
const shown = showPage();
afterAll(() => shown.close());

const pickers = () => [...document.querySelectorAll<HTMLInputElement>('.adds input')];

/** What a browser does when its chooser closes. */
async function choose(picker: HTMLInputElement, name: string): Promise<void> {
  const files = new DataTransfer();
  const scene = await (await fetch('/samples/two-pigs.png')).blob();
  files.items.add(new File([scene], name, { type: scene.type }));
  picker.files = files.files;
  picker.dispatchEvent(new Event('change', { bubbles: true }));
}

it('a picture comes also where the page became wide or narrow while it was chosen or photographed', async () => {
  await vi.waitFor(() => expect(pickers()).toHaveLength(2));
  const [picture, camera] = pickers() as [HTMLInputElement, HTMLInputElement];
  const names = () => shown.app.store.getState().images.map(({ name }) => name);
  await page.viewport(1000, 800);
  await vi.waitFor(() => expect(document.querySelectorAll('.adds [aria-haspopup="menu"]')).toHaveLength(0));
  await choose(picture, 'chosen.png');
  await vi.waitFor(() => expect(names()).toContain('chosen.png'));
  await page.viewport(800, 1000);
  await vi.waitFor(() => expect(document.querySelectorAll('.adds [aria-haspopup="menu"]')).toHaveLength(1));
  await choose(camera, 'photographed.png');
  await vi.waitFor(() => expect(names()).toContain('photographed.png'));
});
