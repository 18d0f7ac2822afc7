import { type ReactNode, useState } from 'react';
import { DATASETS, type DatasetName } from '../../evaluation/datasets/datasets.ts';
import * as strings from '../all-strings.ts';
import { FolderButton } from '../common/FolderButton.tsx';
import { filesOfPicker, type PlacedFile } from './folder-files.ts';
import { MOST_SAMPLES, type RunPlan, withDataset } from './run-plan.ts';
import { useFolderDrop } from './use-folder-drop.ts';

interface Props {
  readonly plan: RunPlan;
  readonly busy: boolean;
  readonly onPlan: (plan: RunPlan) => void;
  readonly onRead: (plan: RunPlan, files: Promise<readonly PlacedFile[]> | null) => Promise<void>;
}

/** Which data set, which part of it, how much, and where it lies. */
export function PlanForm({ plan, busy, onPlan, onRead }: Props): ReactNode {
  const words = strings.evaluation;
  const over = useFolderDrop(busy ? null : (files) => void onRead(plan, files));
  const [typed, setTyped] = useState<string | null>(null);
  const { holds, splits } = DATASETS[plan.dataset];
  return (
    <fieldset className="plan" disabled={busy} data-over={over || undefined}>
      <label>
        {words.dataset}
        <select value={plan.dataset} onChange={({ target }) => onPlan(withDataset(plan, target.value as DatasetName))}>
          {Object.entries(DATASETS).map(([name, { title, task }]) => (
            <option key={name} value={name}>
              {`${words.datasetTitle(name, title)}: ${words.tasks[task]}`}
            </option>
          ))}
        </select>
      </label>
      {splits.length > 0 && (
        <label>
          {words.split}
          <select value={plan.split} onChange={({ target }) => onPlan({ ...plan, split: target.value })}>
            {splits.map((split) => (
              <option key={split}>{split}</option>
            ))}
          </select>
        </label>
      )}
      <label>
        {words.limit}
        <input
          type="number"
          min={1}
          max={MOST_SAMPLES}
          value={typed ?? plan.limit}
          onBlur={() => setTyped(null)}
          onChange={({ target }) => {
            // As it is written, it may be empty for a moment.
            setTyped(target.value);
            const limit = Math.min(MOST_SAMPLES, Math.max(1, Math.round(Number(target.value)) || 1));
            onPlan({ ...plan, limit });
          }}
        />
      </label>
      <div className="buttons">
        {plan.dataset === 'scenes' && (
          <button type="button" className="button" onClick={() => void onRead(plan, null)}>
            {words.compose}
          </button>
        )}
        <FolderButton
          words={words.folder}
          onFiles={(files) => {
            if (files.length > 0) void onRead(plan, Promise.resolve(filesOfPicker(files)));
          }}
        />
      </div>
      <p className="holds">{words.holds(holds)}</p>
    </fieldset>
  );
}
