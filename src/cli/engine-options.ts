import { availableParallelism } from 'node:os';
import { openPackage } from '../package/open-package.ts';
import { nodeBackend } from '../runtime/node-backend.ts';
import { openEngine } from '../runtime/open-engine.ts';
import { type OptionValues, required, UsageError } from './cli.ts';
import { folderFiles } from './folder-files.ts';
import { Grounder, oneByOne } from './grounder.ts';

/** Options of every command that answers: which model, and what runs it. */
export const engineOptions = {
  model: { type: 'string' },
  threads: { type: 'string' },
} as const;

/** Their lines in a command's help. */
export const engineUsage = `  --model DIR            model package (see: npm run -s import -- --help)
  --threads N            CPU threads (default: all cores, at most 8)`;

/**
 * Opens the model that a command's options name.
 * @throws UsageError, and what openPackage and openEngine throw
 */
export async function openGrounder(values: OptionValues<typeof engineOptions>): Promise<Grounder> {
  const folder = required(values.model, 'model');
  const threads = Number(values.threads ?? Math.min(8, availableParallelism()));
  if (!Number.isInteger(threads) || threads < 1 || threads > 64) throw new UsageError('--threads must be 1 to 64.');
  const pkg = await openPackage(folderFiles(folder));
  return new Grounder(oneByOne(await openEngine(pkg, [() => nodeBackend(threads)])), 1);
}
