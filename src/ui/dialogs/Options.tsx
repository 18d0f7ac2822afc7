import { type ReactNode, useEffect, useId, useState } from 'react';
import {
  DEFAULT_SETTINGS,
  type NumberSetting,
  PRESETS,
  type Preset,
  presetOf,
  SETTING_LIMITS,
  sameSettings,
  settingValue,
} from '../../state/settings.ts';
import type { Memory } from '../../state/turn.ts';
import * as strings from '../all-strings.ts';
import { useActions, useApp } from '../common/app-context.ts';
import { Tool } from '../common/Tool.tsx';
import { DialogFrame } from './DialogFrame.tsx';

/** How the next question is asked: after earlier turns, of which pictures, decoded how. */
export default function Options(): ReactNode {
  return (
    <DialogFrame title={strings.options.title} kind="drawer">
      <FollowUp />
      <AllPictures />
      <Decoding />
    </DialogFrame>
  );
}

function FollowUp(): ReactNode {
  const followUp = useApp((state) => state.draft.followUp);
  const { edit, measureMemory } = useActions();
  const [memory, setMemory] = useState<Memory | null>(null);
  useEffect(() => {
    let open = true;
    void measureMemory().then((measured) => {
      if (open) setMemory(measured);
    });
    return () => {
      open = false;
    };
  }, [measureMemory]);
  const words = strings.options;
  return (
    <section>
      <Check label={words.followUp} checked={followUp} onChange={(checked) => edit({ followUp: checked })}>
        {words.followUpHelp} {memory && words.memory(memory.kept, memory.of)}
      </Check>
    </section>
  );
}

function AllPictures(): ReactNode {
  const pictures = useApp((state) => state.images.length);
  const { sendToAll, closeDialog } = useActions();
  const [missing, setMissing] = useState(false);
  const words = strings.options;
  return (
    <section>
      <button
        type="button"
        className="button"
        onClick={() => {
          if (sendToAll()) closeDialog();
          else setMissing(true);
        }}
      >
        {words.askAll(pictures)}
      </button>
      <p className="help" role="status">
        {missing ? words.nothingToAsk : words.askAllHelp}
      </p>
    </section>
  );
}

function Decoding(): ReactNode {
  const settings = useApp((state) => state.settings);
  const { set } = useActions();
  const preset = presetOf(settings);
  const words = strings.options;
  return (
    <section>
      <h3>{words.decoding}</h3>
      <fieldset className="presets">
        <legend className="visually-hidden">{words.presets}</legend>
        {(Object.keys(PRESETS) as Preset[]).map((name) => (
          <label key={name}>
            <input type="radio" name="preset" checked={preset === name} onChange={() => set(PRESETS[name])} />
            <span>
              {words.preset[name].name}
              <span className="help">{words.preset[name].help}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="numbers">
        {(Object.keys(SETTING_LIMITS) as NumberSetting[]).map((name) => (
          <NumberField key={name} name={name} />
        ))}
      </div>
      <Check label={words.grammar} checked={settings.grammar} onChange={(grammar) => set({ grammar })}>
        {words.grammarHelp}
      </Check>
      <Check label={words.gridBoxes} checked={settings.gridBoxes ?? false} onChange={(gridBoxes) => set({ gridBoxes })}>
        {words.gridBoxesHelp}
      </Check>
      <Check label={words.jpeg} checked={settings.jpeg} onChange={(jpeg) => set({ jpeg })}>
        {words.jpegHelp}
      </Check>
      <Tool
        words={words.reset}
        disabled={sameSettings(settings, DEFAULT_SETTINGS)}
        onPress={() => set(DEFAULT_SETTINGS)}
      />
    </section>
  );
}

/** A number that is taken when it is finished; an empty one that may be left open is. */
function NumberField({ name }: { name: NumberSetting }): ReactNode {
  const value = useApp((state) => state.settings[name]);
  const own = useApp(({ engine }) => (engine.phase === 'ready' ? engine.model.decoding : null));
  const { set } = useActions();
  const [typed, setTyped] = useState<string | null>(null);
  const id = useId();
  const { min, max, step } = SETTING_LIMITS[name];
  const words = strings.options.numbers[name];
  const open = name === 'seed' ? strings.options.randomSeed : (own?.[name] ?? '').toString();
  return (
    <div className="number">
      <label htmlFor={id}>{words.name}</label>
      <input
        id={id}
        type="number"
        inputMode="decimal"
        min={min}
        max={max}
        step={step}
        placeholder={open}
        aria-describedby={`${id}-help`}
        value={typed ?? value ?? ''}
        onChange={({ target }) => {
          setTyped(target.value);
          if (target.validity.valid) set({ [name]: settingValue(name, target.value) });
        }}
        onBlur={({ target }) => {
          if (typed !== null) set({ [name]: settingValue(name, target.value) });
          setTyped(null);
        }}
      />
      <span id={`${id}-help`} className="help">
        {words.help}
      </span>
    </div>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}

function Check({ label, checked, onChange, children }: CheckProps): ReactNode {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      <span>
        {label}
        <span className="help">{children}</span>
      </span>
    </label>
  );
}
