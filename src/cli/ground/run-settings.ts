import { readFile } from 'node:fs/promises';
import { AppError } from '../../protocol/errors.ts';
import { writeWhole } from './write-whole.ts';

/** What has to stay the same for the answers of a run to belong together. */
export type RunSettings = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Notes the settings of a run beside its answers, or checks that they are those it was begun with.
 * @param begun whether there are answers yet: before, other settings take the place of those noted
 * @throws AppError OPTION_INVALID naming the first setting that differs, or the file where it holds none
 */
export async function keepSettings(path: string, settings: RunSettings, begun: boolean): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null || !begun) return writeWhole(path, `${JSON.stringify(settings, null, 1)}\n`, { flush: true });
  const before = parsed(text, path);
  for (const name of new Set([...Object.keys(before), ...Object.keys(settings)])) {
    const [was, is] = [before[name], settings[name]].map((value) => JSON.stringify(value ?? null));
    if (was === is) continue;
    throw new AppError(
      'OPTION_INVALID',
      `The run in ${path} was begun with ${name} ${was}, and this is ${is}. Use the same options, or choose another --out.`,
      { name, was, is },
    );
  }
}

function parsed(text: string, path: string): RunSettings {
  try {
    return JSON.parse(text) as RunSettings;
  } catch (cause) {
    throw new AppError(
      'OPTION_INVALID',
      `${path} is damaged: it was cut off or changed. Delete it to go on with the options given now, or choose another --out.`,
      { path },
      cause,
    );
  }
}
