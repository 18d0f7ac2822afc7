import { strFromU8, unzipSync } from 'fflate';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { annotations } from '../../../src/ui/export/annotations.ts';
import { type Format, makeExport } from '../../../src/ui/export/make-export.ts';
import { boxesFor, readAnnotations } from '../../../src/ui/export/read-annotations.ts';
import { showPage } from './show-page.tsx';

await page.viewport(1280, 800);
const shown = showPage();
const { actions, store } = shown.app;
afterAll(() => shown.close());

const COLOURS = ['#ff0000', '#00ff00', '#0000ff', '#ffff00'];
const colours = { entity: (number: number) => COLOURS[number - 1] ?? '#888888', ink: '#ffffff' };
const answered = (turns: number) =>
  vi.waitFor(() => expect(document.querySelectorAll('.turn[data-status="done"]')).toHaveLength(turns), {
    timeout: 60_000,
  });
const made = (format: Format, scope: 'turn' | 'conversation' = 'conversation') =>
  makeExport(format, annotations(store.getState(), scope, store.getState().images[0]?.turns[0] ?? null), colours);
const unzipped = async (format: Format) => unzipSync(new Uint8Array(await (await made(format)).blob.arrayBuffer()));

const closed = async () => {
  await userEvent.click(document.querySelector('.dialog .close') as Element);
  await vi.waitFor(() => expect(document.querySelector('dialog')).toBeNull());
};

describe('an export', () => {
  it('draws each box in its colour where the stage has it', async () => {
    await answered(1);
    const { name, blob } = await made('png');
    expect(name).toBe('bike-turtle.png');
    const bitmap = await createImageBitmap(blob);
    expect([bitmap.width, bitmap.height]).toEqual([853, 640]);
    const canvas = new OffscreenCanvas(853, 640);
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const boxes = store.getState().images[0]?.boxes ?? [];
    expect(boxes).toHaveLength(4);
    for (const { box, number } of boxes) {
      const [x1, , x2, y2] = box;
      const data = context?.getImageData(((x1 + x2) / 2) * 853, y2 * 640, 1, 1).data;
      const colour = `#${[...(data ?? [])]
        .slice(0, 3)
        .map((value) => value.toString(16).padStart(2, '0'))
        .join('')}`;
      expect(colour).toBe(colours.entity(number));
    }
  });

  it('names and cuts each thing of a picture once, however many answers name it', async () => {
    actions.ask({ mode: 'find', words: 'a turtle' });
    await answered(2);
    const crops = await unzipped('crops');
    expect(Object.keys(crops)).toEqual([
      'bike-turtle/1-a-bike.png',
      'bike-turtle/2-a-castle.png',
      'bike-turtle/3-a-flower.png',
      'bike-turtle/4-a-turtle.png',
    ]);
    const turtle = await createImageBitmap(new Blob([crops['bike-turtle/4-a-turtle.png'] as BlobPart]));
    const [x1, y1, x2, y2] = store.getState().images[0]?.boxes[3]?.box ?? [0, 0, 0, 0];
    expect(Math.abs(turtle.width - (x2 - x1) * 853)).toBeLessThan(2);
    expect(Math.abs(turtle.height - (y2 - y1) * 640)).toBeLessThan(2);
    const yolo = await unzipped('yolo');
    expect(
      strFromU8(yolo['labels/bike-turtle.txt'] ?? new Uint8Array())
        .trim()
        .split('\n'),
    ).toHaveLength(4);
    expect(yolo['images/bike-turtle.png']?.length).toBeGreaterThan(1000);
    expect(Object.keys(await unzipped('voc'))).toContain('Annotations/bike-turtle.xml');
  });

  it('fails where a browser has no room for its picture', async () => {
    const refused = vi.spyOn(HTMLCanvasElement.prototype, 'toDataURL').mockReturnValue('data:,');
    await expect(made('svg')).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' });
    refused.mockRestore();
  });

  it('comes back as regions of the same picture', async () => {
    for (const format of ['coco', 'grit'] as const) {
      const found = boxesFor(readAnnotations(await (await made(format, 'turn')).blob.text()), ['bike-turtle.png']);
      const boxes = store.getState().images[0]?.boxes.slice(0, 4) ?? [];
      expect(found).toHaveLength(4);
      for (const [index, box] of found.entries()) {
        for (const [side, value] of box.entries()) expect(value).toBeCloseTo(boxes[index]?.box[side] ?? -1, 3);
      }
    }
  });

  it('is read again where it is dropped on the dialog, which says what came of it', async () => {
    const coco = new File([(await made('coco', 'turn')).blob], 'boxes.json', { type: 'application/json' });
    actions.openDialog({ kind: 'export', turn: null });
    await vi.waitFor(() => expect(document.querySelector('.dialog[open] .file')).toBeTruthy(), { timeout: 10_000 });
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(coco);
    const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    expect(document.querySelector('.dialog')?.dispatchEvent(event)).toBe(false);
    await vi.waitFor(() => expect(store.getState().draft.regions).toHaveLength(4));
    const said = [...document.querySelectorAll('.dialog [role="status"]')].at(-1);
    expect(said?.textContent).toMatch(/^4 /);
    expect(said?.getBoundingClientRect().bottom).toBeLessThanOrEqual(innerHeight);
    expect(store.getState()).toMatchObject({ notices: [], images: { length: 2 } });
    actions.edit({ regions: [] });
    await closed();
  });

  it('says what a person corrected before', async () => {
    actions.openDialog({ kind: 'export', turn: store.getState().images[0]?.turns[0] ?? null });
    await vi.waitFor(() => expect(document.querySelector('.corrections')).toBeTruthy(), { timeout: 10_000 });
    await userEvent.click(document.querySelector('.corrections summary') as Element);
    const field = document.querySelector('.corrections input') as HTMLInputElement;
    await userEvent.fill(field, 'a red bike');
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(document.querySelector('.answer')?.textContent).toMatch(/^An image of a red bike1/));
    expect(document.activeElement).toBe(field);
    expect(field.value).toBe('a red bike');
    const deletes = [...document.querySelectorAll<HTMLElement>('.corrections [data-deletes]')];
    await userEvent.click(deletes[1] as Element);
    await vi.waitFor(() => expect(store.getState().history.done).toHaveLength(2));
    await vi.waitFor(() => expect(document.querySelectorAll('.corrections [data-deletes]')).toHaveLength(3));
    expect(document.activeElement).toBe(deletes[2]);
    const coco = JSON.parse(await (await made('coco', 'turn')).blob.text());
    expect(coco.categories.map(({ name }: { name: string }) => name)).toEqual(['a red bike', 'a flower', 'a turtle']);
    expect(coco.annotations[0].edited).toBe(true);
    expect(coco.annotations[1].edited).toBeUndefined();
    await closed();
  });

  const pressed = (words: string) =>
    [...document.querySelectorAll<HTMLButtonElement>('.dialog button')].find(({ textContent }) =>
      textContent?.startsWith(words),
    );

  it('of one picture is copied, and a clipboard that refuses it is told as such', async () => {
    actions.openDialog({ kind: 'export', turn: null });
    await vi.waitFor(() => expect(pressed('Copy picture')).toBeTruthy(), { timeout: 10_000 });
    const refuse = () => Promise.reject(new DOMException('Denied.', 'NotAllowedError'));
    const write = vi.spyOn(navigator.clipboard, 'write').mockImplementation(refuse);
    await userEvent.click(pressed('Copy picture') as Element);
    await expect
      .poll(() => document.querySelector('.dialog [role="status"]')?.textContent)
      .toMatch(/Allow the clipboard/);
    write.mockRestore();
    await closed();
  });

  it('leaves the focus where it was pressed', async () => {
    actions.openDialog({ kind: 'export', turn: null });
    await vi.waitFor(() => expect(pressed('COCO')).toBeTruthy(), { timeout: 10_000 });
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    await userEvent.click(pressed('COCO') as Element);
    await expect.poll(() => document.querySelector('.dialog [role="status"]')?.textContent).toBe('COCO saved.');
    expect(click).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(pressed('COCO'));
    click.mockRestore();
    await closed();
  });

  it('of words alone is no data set to train with, and says so', async () => {
    actions.ask({ mode: 'plain', words: 'Is it cold?' });
    await answered(3);
    actions.openDialog({ kind: 'export', turn: store.getState().images[0]?.turns.at(-1) ?? null });
    await vi.waitFor(() => expect(pressed('COCO')).toBeTruthy(), { timeout: 10_000 });
    const labelled = ['COCO', 'YOLO', 'Pascal VOC'];
    for (const name of labelled) {
      expect(pressed(name)?.disabled).toBe(true);
      expect(pressed(name)?.textContent).toMatch(/Nothing to train with yet: find something/);
    }
    for (const name of ['CSV', 'GrIT', 'Markdown']) expect(pressed(name)?.disabled).toBe(false);
    await userEvent.click(document.querySelector('.scopes label:nth-of-type(2)') as Element);
    await vi.waitFor(() => expect(labelled.map((name) => pressed(name)?.disabled)).toEqual([false, false, false]));
    await closed();
  });

  it('of words alone has nothing to cut out, and says so', async () => {
    actions.openDialog({ kind: 'export', turn: store.getState().images[0]?.turns.at(-1) ?? null });
    await vi.waitFor(() => expect(pressed('Crops')).toBeTruthy(), { timeout: 10_000 });
    expect(pressed('Crops')?.disabled).toBe(true);
    expect(pressed('Crops')?.textContent).toMatch(/Nothing to cut out yet: find something/);
    await userEvent.click(document.querySelector('.scopes label:nth-of-type(2)') as Element);
    await vi.waitFor(() => expect(pressed('Crops')?.disabled).toBe(false));
    expect(pressed('Crops')?.textContent).toMatch(/What is in each box/);
    await closed();
  });

  it('of several pictures is saved, and not offered for a clipboard or app that takes one', async () => {
    actions.showImage(store.getState().images[1]?.id ?? '');
    await vi.waitFor(
      () => expect(store.getState().turns[store.getState().images[1]?.turns[0] ?? '']?.status).toBe('done'),
      {
        timeout: 60_000,
      },
    );
    actions.openDialog({ kind: 'export', turn: null });
    await vi.waitFor(() => expect(pressed('Copy picture')).toBeTruthy(), { timeout: 10_000 });
    await userEvent.click(document.querySelector('.scopes label:last-child') as Element);
    await vi.waitFor(() => expect(pressed('Copy picture')).toBeUndefined());
    expect(pressed('Copy text')).toBeTruthy();
    await closed();
    actions.showImage(store.getState().images[0]?.id ?? '');
  });

  it('shows each token with its probability, and where a location is', async () => {
    actions.openDialog({ kind: 'xray', turn: store.getState().images[0]?.turns[1] ?? '' });
    // Open, not only there: opening moves the focus.
    const shownToken = () => document.querySelector('dialog[open] .token-stream button');
    await vi.waitFor(() => expect(shownToken()).toBeTruthy(), { timeout: 10_000 });
    const tokens = [...document.querySelectorAll<HTMLElement>('.token-stream button')];
    expect(tokens.map(({ textContent }) => textContent).join('')).toMatch(
      /<object><patch_index_\d{4}><patch_index_\d{4}><\/object>/,
    );
    const corner = tokens.find(({ textContent }) => textContent?.startsWith('<patch_index'));
    tokens[0]?.focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(tokens[1]);
    corner?.focus();
    await vi.waitFor(() => expect(document.querySelector('.location-grid .chosen')).toBeTruthy());
    const cell = Number(corner?.textContent?.match(/\d{4}/)?.[0]);
    const chosen = document.querySelector('.location-grid .chosen');
    expect(Number(chosen?.getAttribute('y')) * 32 + Number(chosen?.getAttribute('x'))).toBe(cell);
    expect(document.querySelectorAll('.token-detail .scores li').length).toBeGreaterThan(1);
    await closed();
  });

  it('opens the sheet of keys on ?, but not while somebody writes', async () => {
    const field = document.querySelector('#composer-field') as HTMLTextAreaElement;
    actions.edit({ mode: 'ask', words: '' });
    field.focus();
    await vi.waitFor(() => expect(field.readOnly).toBe(false));
    await userEvent.keyboard('why?');
    expect(field.value).toBe('why?');
    expect(document.querySelector('dialog')).toBeNull();
    await userEvent.click(document.querySelector('.brand') as Element);
    await userEvent.keyboard('?');
    await vi.waitFor(() => expect(document.querySelector('.shortcut-groups')).toBeTruthy(), { timeout: 10_000 });
  });
});
