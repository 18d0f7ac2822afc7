/** A value of a JSON file for a message, cut short: it may be as long as the file, and nested deeper than can be written. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  try {
    const text = JSON.stringify(value) ?? String(value);
    return text.length > 60 ? `${text.slice(0, 60)}...` : text;
  } catch {
    return 'nested too deeply to be shown';
  }
}
