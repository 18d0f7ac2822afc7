import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface CliOutput {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string;
  /** It computes little: its WebAssembly is compiled quickly and not well, which spares two seconds of processor time. */
  readonly brief?: boolean;
  /** Sees the process as it starts. */
  readonly watch?: (child: ChildProcess) => void;
}

/** Runs `src/cli/{name}.ts` in a process of its own. */
export function runCommand(
  name: string,
  args: readonly string[],
  { stdin = '', brief = false, watch }: RunOptions = {},
): Promise<CliOutput> {
  return new Promise((resolve, reject) => {
    const flags = ['--import', 'tsx', ...(brief ? ['--liftoff-only'] : [])];
    const child = spawn(process.execPath, [...flags, `src/cli/${name}.ts`, ...args], { cwd: root });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (text) => {
      output.stdout += text;
    });
    child.stderr.on('data', (text) => {
      output.stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...output }));
    child.stdin.end(stdin);
    watch?.(child);
  });
}
