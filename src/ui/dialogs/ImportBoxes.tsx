import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { boxToPatchPair } from '../../kosmos2/patch-index.ts';
import { toAppError } from '../../protocol/errors.ts';
import { imageOf } from '../../state/app-state.ts';
import * as strings from '../all-strings.ts';
import { useActions, useAppStore } from '../common/app-context.ts';
import { fileNames, ownNames } from '../export/annotations.ts';
import { boxesFor, MOST_REGIONS, readAnnotations } from '../export/read-annotations.ts';

/** Takes boxes of the picture on the stage from a COCO or GrIT file, chosen or dropped anywhere, into the question. */
export function ImportBoxes(): ReactNode {
  const store = useAppStore();
  const { addRegion, edit, pickRegion } = useActions();
  const [said, setSaid] = useState('');
  const section = useRef<HTMLElement>(null);
  const words = strings.exporting;

  async function read(file: File): Promise<void> {
    try {
      const imported = readAnnotations(await file.text());
      const state = store.getState();
      const names = [ownNames, fileNames].map((all) => all(state.images).get(state.current) ?? '');
      const boxes = boxesFor(imported, [...names, imageOf(state).name]);
      edit({ mode: 'ask' });
      for (const box of boxes.slice(0, MOST_REGIONS)) addRegion(boxToPatchPair(box));
      // The actions of the last one would lie over this dialog.
      pickRegion(null);
      setSaid(boxes.length === 0 ? words.noBoxes : words.imported(Math.min(boxes.length, MOST_REGIONS), boxes.length));
    } catch (thrown) {
      setSaid(strings.errors.sentence(toAppError(thrown)));
    }
  }

  const drop = useEffectEvent(async ({ dataTransfer }: DragEvent) => {
    const [file] = dataTransfer?.files ?? [];
    if (!file) return;
    await read(file);
    // What it came to is told here, and the dialog may be longer than the page.
    section.current?.scrollIntoView({ block: 'nearest' });
  });
  useEffect(() => {
    const onDrop = (event: DragEvent) => void drop(event);
    addEventListener('drop', onDrop);
    return () => removeEventListener('drop', onDrop);
  }, []);

  return (
    <section ref={section}>
      <h3>{words.importTitle}</h3>
      <label className="button file">
        {words.importButton}
        <input
          type="file"
          accept=".json,.jsonl,application/json"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) void read(file);
            target.value = '';
          }}
        />
      </label>
      <p className="help" role="status">
        {said || words.importHelp}
      </p>
    </section>
  );
}
