import { deleteDB } from 'idb';
import { flushSync } from 'react-dom';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { followLink } from '../../../src/ui/follow-link.ts';
import { begun, pressEnter, type ShownPage, showPage } from './show-page.tsx';

const DATABASE = 'conversation-test';

await page.viewport(1280, 800);
let shown: ShownPage = showPage({ savedAs: DATABASE });
afterAll(async () => {
  shown.close();
  await deleteDB(DATABASE);
});

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const last = (selector: string) => {
  const element = all(selector).at(-1);
  if (!element) throw new Error(`nothing is ${selector}`);
  return element;
};
const field = () => last('#composer-field') as HTMLTextAreaElement;
const answers = () => all('.answer').map((answer) => answer.textContent);
const over = (turns: number) =>
  vi.waitFor(
    () => {
      expect(all('.turn')).toHaveLength(turns);
      for (const turn of all('.turn')) expect(turn.dataset.status).toMatch(/done|failed|stopped/);
    },
    { timeout: 60_000, interval: 20 },
  );
const boxes = () => all('.box-list li').map((box) => Number(box.dataset.entity));
const inMenu = async (words: string) => {
  await userEvent.click(last('.turn:last-child .more'));
  await userEvent.click(page.getByRole('menuitem', { name: words }));
};
const ask = async (mode: Parameters<typeof shown.app.actions.edit>[0]) => {
  shown.app.actions.edit(mode);
  await vi.waitFor(() => expect(last('.send').textContent).not.toBe('Stop'));
  await userEvent.click(last('.send'));
};
const state = () => shown.app.store.getState();
/** What a reload does: the page ends with what it stored by then, and begins anew. */
async function reload(): Promise<void> {
  await shown.app.actions.save();
  shown.close();
  shown = showPage({ savedAs: DATABASE });
  await vi.waitFor(() => expect(state().keeping).toBe(true));
  // What came back is in the state first, and on the page when React has drawn it.
  await vi.waitFor(() => expect(all('.thumb')).toHaveLength(state().images.length));
}

describe('a conversation', () => {
  it('of a scene that was cleared promises no caption, for none comes', async () => {
    await over(1);
    shown.app.actions.clear();
    await vi.waitFor(() =>
      expect(last('.turns .quiet').textContent).toBe('Choose below what to do with this picture.'),
    );
    shown.app.actions.undo();
    await over(1);
  });

  it('shows the boxes of the answer that is chosen, and all alike when it is chosen again', async () => {
    await over(1);
    await ask({ mode: 'find', words: 'a turtle' });
    await over(2);
    const [first, second] = all('.turn');
    expect(second?.dataset.focus).toBe('true');
    await userEvent.click(first?.querySelector('button.mode-tag') as Element);
    await vi.waitFor(() => expect(first?.dataset.focus).toBe('true'));
    expect(second?.dataset.focus).toBeUndefined();
    await userEvent.click(first?.querySelector('button.mode-tag') as Element);
    await vi.waitFor(() => expect(first?.dataset.focus).toBeUndefined());
  });

  it('deletes a turn with its boxes, and Ctrl+Z brings both back', async () => {
    const before = { answers: answers(), boxes: boxes() };
    await ask({ mode: 'find', words: 'a mouse' });
    await over(3);
    await inMenu('Delete');
    await vi.waitFor(() => expect(answers()).toEqual(before.answers));
    expect(boxes()).toEqual(before.boxes);
    expect(last('.undo').textContent).toMatch(/^Deleted.*Undo/);
    await userEvent.click(last('.brand'));
    await userEvent.keyboard('{Control>}z{/Control}');
    await vi.waitFor(() => expect(all('.turn')).toHaveLength(3));
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await vi.waitFor(() => expect(all('.turn')).toHaveLength(2));
  });

  it('asks an edited question in the place of the old one, and undo brings the old answer back', async () => {
    const before = answers();
    await userEvent.click(all('.turn')[1]?.querySelector('.more') as Element);
    await userEvent.click(page.getByRole('menuitem', { name: 'Edit and ask again' }));
    await vi.waitFor(() => expect(document.activeElement).toBe(field()));
    expect(field().value).toBe('a turtle');
    await userEvent.fill(field(), 'a bike');
    await userEvent.keyboard('{Enter}');
    await over(2);
    expect(answers()[1]).toMatch(/^a bike/);
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    await vi.waitFor(() => expect(answers()).toEqual(before));
  });

  it('asks each task with its own prompt and shows its kind of answer', async () => {
    await ask({ mode: 'caption' });
    await over(3);
    expect(last('.answer').textContent).toMatch(/^An image of .*bike/);
    expect(last('.turn').querySelector('.phrase')).toBeNull();
    await ask({ mode: 'choose', words: 'What is on the left?', choices: 'a pig\na bike' });
    await over(4);
    expect(all('.scores .choice').map((choice) => choice.textContent)).toEqual(['a bike', 'a pig']);
    const pigs = state().images[1]?.id ?? '';
    await ask({ mode: 'fewshot', words: 'What is at the top?', examples: [{ image: pigs, answer: 'A pig.' }] });
    await over(5);
    expect(last('.answer').textContent).not.toMatch(/examples|failed/);
    await ask({ mode: 'language', words: 'An image of' });
    await over(6);
    expect(last('.answer').textContent).toMatch(/^An image of \w/);
    await ask({ mode: 'expert', words: '<grounding><phrase> a turtle</phrase>' });
    await over(7);
    expect(all('.turn:last-child mark.tag')).toHaveLength(3);
    expect(last('.answer').textContent).toBe('a turtle4');
  });

  it('finds the phrases of a text, lets them be corrected, and links each to its place', async () => {
    shown.app.actions.edit({ mode: 'ground', words: 'An image of a bike and a turtle', spans: null });
    await vi.waitFor(
      () => expect(all('.marked').map((phrase) => phrase.firstChild?.textContent)).toEqual(['a bike', 'a turtle']),
      { timeout: 10_000 },
    );
    await userEvent.click(all('.marked button')[0] as Element);
    field().focus();
    field().setSelectionRange(12, 18);
    await userEvent.click(page.getByRole('button', { name: 'Mark what is selected' }));
    await vi.waitFor(() =>
      expect(state().draft.spans).toEqual([
        { start: 12, end: 18 },
        { start: 23, end: 31 },
      ]),
    );
    await userEvent.click(last('.send'));
    await over(8);
    expect(last('.answer').textContent).toMatch(/^An image of a bike\d and a turtle\d$/);
  });

  it('reads earlier turns before a follow-up and says how many', async () => {
    await ask({ mode: 'plain', words: 'What is on the right?', followUp: true });
    await over(9);
    // Of eight turns the chosen answer, the taught one, the text alone and the grounded text are not read again.
    expect(last('.footer').textContent).toMatch(/after 4 of 4 earlier turns/);
    shown.app.actions.edit({ followUp: false });
  });

  it('keeps with each turn how it was asked, and the official demo asks through JPEG', async () => {
    await userEvent.click(page.getByRole('button', { name: 'Options', exact: true }));
    await userEvent.click(page.getByRole('radio', { name: /Match the official demo/ }));
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(all('dialog')).toHaveLength(0));
    await ask({ mode: 'describe' });
    await over(10);
    const [turns] = [Object.values(state().turns)];
    expect(turns.at(-1)?.settings).toMatchObject({
      jpeg: true,
      noRepeatNgramSize: 3,
      maxNewTokens: 500,
      temperature: 0,
    });
    expect(turns[0]?.settings.jpeg).toBe(false);
    expect(last('.answer').textContent).toMatch(/bike/);
    shown.app.actions.set({ jpeg: false, noRepeatNgramSize: null, maxNewTokens: null, grammar: true });
  });

  it('comes back after a reload, an answer that was being written as stopped with what it had', async () => {
    const scene = await (await fetch('/samples/two-pigs.png')).blob();
    await shown.app.actions.addImages([scene]);
    const interrupted = begun(shown.app, 'pig').then(() => shown.silence());
    await ask({ mode: 'detail' });
    await interrupted;
    const own = state().images.at(-1);
    await reload();
    expect(all('.thumb')).toHaveLength(3);
    await vi.waitFor(() => expect(last('.turn').dataset.status).toBe('stopped'));
    expect(last('.answer').textContent).toMatch(/^The image shows .*pig/);
    expect(state().current).toBe(own?.id);
    expect(await state().images.at(-1)?.blob?.arrayBuffer()).toEqual(await scene.arrayBuffer());
    all('.thumb')[0]?.click();
    await vi.waitFor(() => expect(all('.turn')).toHaveLength(10));
    expect(answers()[0]).toMatch(/^An image of/);
  });

  it('removes an own picture with its conversation, from the next visit too', async () => {
    await userEvent.hover(last('.frame .thumb'));
    await userEvent.click(last('.frame .remove'));
    await vi.waitFor(() => expect(all('.thumb')).toHaveLength(2));
    await reload();
    expect(all('.thumb')).toHaveLength(2);
  });

  it('asks one prompt of every picture, and a follow-up link asks a sample', async () => {
    shown.app.actions.edit({ mode: 'find', words: 'a pig' });
    shown.app.actions.sendToAll();
    await vi.waitFor(
      () => expect(Object.values(state().turns).filter(({ status }) => status === 'done').length).toBeGreaterThan(11),
      { timeout: 60_000 },
    );
    history.replaceState(null, '', '#sample=2&mode=find&q=a%20butterfly');
    followLink(shown.app);
    expect(location.hash).toBe('');
    await vi.waitFor(() => expect(last('.answer').textContent).toBe('a butterfly2'));
    await over(all('.turn').length);
  });

  it('says whether the link to a question could be copied', async () => {
    const clipboard = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce();
    await inMenu('Copy link');
    await vi.waitFor(() => expect(last('.turn:last-child [role=status]').textContent).toBe('Copied'));
    expect(clipboard.mock.lastCall?.[0]).toMatch(/#sample=\d&mode=/);
    clipboard.mockRejectedValueOnce(new DOMException('Write permission denied.', 'NotAllowedError'));
    await inMenu('Copy link');
    await vi.waitFor(() =>
      expect(last('.turn:last-child [role=status]').textContent).toBe('Not allowed by the browser'),
    );
    await vi.waitFor(() => expect(last('.turn:last-child [role=status]').textContent).toBe(''));
    clipboard.mockRestore();
  });

  it('answers a question that was sent while another answer was being written, after that', async () => {
    const before = all('.turn').length;
    const asked = begun(shown.app).then(() => {
      // Waited for, the words would be in the field when the answer may be over.
      flushSync(() => shown.app.actions.edit({ mode: 'find', words: 'a butterfly' }));
      pressEnter(field());
      pressEnter(field());
      expect(all('.turn').at(before)?.dataset.status).toBe('writing');
    });
    await ask({ mode: 'detail' });
    await asked;
    await vi.waitFor(() => expect(all('.turn')).toHaveLength(before + 2));
    await over(before + 2);
    expect(last('.answer').textContent).toMatch(/^a butterfly/);
  });

  it('clears everything with one click, in the database too, and brings it back on undo', async () => {
    await userEvent.click(all('.chip')[0] as Element);
    await userEvent.click(page.getByRole('button', { name: 'Clear everything' }));
    await vi.waitFor(() => expect(state().turns).toEqual({}));
    await shown.app.actions.save();
    await userEvent.keyboard('{Escape}{Control>}z{/Control}');
    await vi.waitFor(() => expect(Object.keys(state().turns).length).toBeGreaterThan(11));
  });
});
