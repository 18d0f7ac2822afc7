import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  readonly id: number;
  readonly parent: number;
}

/** Processes whose command line holds `words`, on Linux. */
export function processesWith(words: string): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      if (!readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(words)) return [];
      const [, , parent] = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/\(.*\)/s, '()')
        .split(' ')
        .slice(1);
      return [{ id: Number(name), parent: Number(parent) }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}
