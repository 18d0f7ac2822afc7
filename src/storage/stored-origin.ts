import type { PackageSink } from '../package/package-sink.ts';
import { parseJsonObject } from '../package/parse-json.ts';

/** Lies beside the files of a model that came from a web site: where damaged files can be had again. */
const ORIGIN_FILE = 'origin.json';

export async function writeOrigin(sink: PackageSink, url: string): Promise<void> {
  await sink.write(ORIGIN_FILE, new TextEncoder().encode(JSON.stringify({ url })));
}

/** The address of the folder the model came from; null for a model that was made or added here. */
export async function readOrigin(sink: PackageSink): Promise<string | null> {
  try {
    const { url } = parseJsonObject(ORIGIN_FILE, await sink.read(ORIGIN_FILE, { maxBytes: 10_000 }));
    return typeof url === 'string' && URL.canParse(url) ? url : null;
  } catch {
    return null;
  }
}
