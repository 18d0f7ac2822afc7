import { type DecodingOptions, MAX_NEW_TOKENS, MAX_NGRAM } from '../kosmos2/decoding-options.ts';

/** How answers are made. Null leaves a value to the model package, or for the seed to chance. */
export interface Settings {
  readonly maxNewTokens: number | null;
  /** 0 always takes the most probable token. */
  readonly temperature: number;
  readonly topP: number;
  readonly seed: number | null;
  readonly noRepeatNgramSize: number | null;
  /** Whether locations are kept well-formed. */
  readonly grammar: boolean;
  /** Whether corners of boxes are at the centres of the grid's cells, as in the official demo. Not in settings of earlier pages. */
  readonly gridBoxes?: boolean;
  /** Whether the picture goes through JPEG at quality 75 first, as in the official demo, which saves every upload so. */
  readonly jpeg: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  maxNewTokens: null,
  temperature: 0,
  topP: 1,
  seed: null,
  noRepeatNgramSize: null,
  grammar: true,
  gridBoxes: false,
  jpeg: false,
};

const OFFICIAL: Settings = {
  ...DEFAULT_SETTINGS,
  maxNewTokens: 500,
  noRepeatNgramSize: 3,
  grammar: false,
  gridBoxes: true,
  jpeg: true,
};

export const PRESETS = {
  default: DEFAULT_SETTINGS,
  official: OFFICIAL,
  officialSampling: { ...OFFICIAL, temperature: 0.7, topP: 0.9 },
} satisfies Record<string, Settings>;

export type Preset = keyof typeof PRESETS;

/** Bounds of what a person can set; what lies outside is moved to the nearest bound. */
export const SETTING_LIMITS = {
  maxNewTokens: { min: 1, max: MAX_NEW_TOKENS, step: 1 },
  temperature: { min: 0, max: 2, step: 0.1 },
  topP: { min: 0.05, max: 1, step: 0.05 },
  seed: { min: 0, max: 0xffff_ffff, step: 1 },
  noRepeatNgramSize: { min: 0, max: MAX_NGRAM, step: 1 },
} as const;

export type NumberSetting = keyof typeof SETTING_LIMITS;

/** The preset that these settings are, if any. */
export function presetOf(settings: Settings): Preset | null {
  const names = Object.keys(PRESETS) as Preset[];
  return names.find((name) => sameSettings(PRESETS[name], settings)) ?? null;
}

/** Whether they are alike; what an earlier page did not know is no difference. */
export function sameSettings(a: Settings, b: Settings): boolean {
  return (Object.keys(a) as (keyof Settings)[]).every((key) => b[key] === undefined || a[key] === b[key]);
}

/** A typed number within its bounds; null where it is none and the setting may be left open. */
export function settingValue(name: NumberSetting, typed: string): number | null {
  const { min, max, step } = SETTING_LIMITS[name];
  const value = Number(typed);
  if (typed.trim() === '' || !Number.isFinite(value)) return DEFAULT_SETTINGS[name];
  return Math.min(max, Math.max(min, step === 1 ? Math.round(value) : value));
}

/** What a turn is asked with: as the settings, its seed drawn where they leave it open. */
export function drawSeed(settings: Settings): Settings {
  if (settings.seed !== null || settings.temperature === 0) return settings;
  return { ...settings, seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0 };
}

/** The settings in the engine's terms. */
export function decodingOptions(settings: Settings): Partial<DecodingOptions> {
  const { maxNewTokens, temperature, topP, seed, noRepeatNgramSize, grammar, gridBoxes = false } = settings;
  return {
    temperature,
    topP,
    grammar,
    gridBoxes,
    ...(maxNewTokens === null ? {} : { maxNewTokens }),
    ...(seed === null ? {} : { seed }),
    ...(noRepeatNgramSize === null ? {} : { noRepeatNgramSize }),
  };
}
