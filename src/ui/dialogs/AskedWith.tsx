import type { ReactNode } from 'react';
import { presetOf, type Settings } from '../../state/settings.ts';
import * as strings from '../all-strings.ts';

/** How an answer was decoded, in a line: the preset's name, or what differs from the usual. */
export function AskedWith({ settings }: { settings: Settings }): ReactNode {
  const words = strings.options;
  // The seed was drawn where it was left open, and does not make the settings one's own.
  const preset = presetOf(settings) ?? presetOf({ ...settings, seed: null });
  const { temperature, topP, seed, maxNewTokens, noRepeatNgramSize } = settings;
  const values = [
    [words.numbers.temperature.name, temperature],
    [words.numbers.topP.name, topP],
    [words.numbers.seed.name, temperature > 0 ? seed : null],
    [words.numbers.maxNewTokens.name, maxNewTokens],
    [words.numbers.noRepeatNgramSize.name, noRepeatNgramSize],
  ] as const;
  const said = values.flatMap(([name, value]) => (value === null ? [] : `${name} ${value}`)).join(' · ');
  return (
    <p className="help">
      {preset ? `${words.preset[preset].name} · ` : ''}
      {said}
    </p>
  );
}
