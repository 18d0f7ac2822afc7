/** An event of a Chromium trace, as far as it is read here. Times are microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Time of the thread on a processor, which other programs on the machine do not lengthen. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: Readonly<Record<string, unknown>> };
}

/** One turn of the page's event loop. */
export interface Task {
  /** Milliseconds on the trace's clock. */
  readonly start: number;
  readonly end: number;
  /** Milliseconds of processor time. */
  readonly cpu: number;
  /** What took most of it, longest first. */
  readonly parts: readonly string[];
}

const TASK = 'RunTask';

/** The tasks of the thread that the page runs on: of all threads so named, the busiest. */
export function mainThreadTasks(events: readonly TraceEvent[]): Task[] {
  const named = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const threads = named.map(({ pid, tid }) => events.filter((event) => event.pid === pid && event.tid === tid));
  // One that the recording has cut off has no time.
  const isWhole = ({ name, ph, tdur }: TraceEvent) => name === TASK && ph === 'X' && tdur !== undefined;
  const tasksOf = (thread: readonly TraceEvent[]) => thread.filter(isWhole);
  const total = (thread: readonly TraceEvent[]) => tasksOf(thread).reduce((sum, task) => sum + cpuOf(task), 0);
  const [main] = threads.sort((a, b) => total(b) - total(a));
  if (!main) throw new Error('The trace has no main thread of a page.');
  if (tasksOf(main).length === 0) throw new Error('This Chromium does not tell the processor time of tasks.');
  return tasksOf(main)
    .map((task) => ({
      start: task.ts / 1000,
      end: (task.ts + (task.dur ?? 0)) / 1000,
      cpu: cpuOf(task) / 1000,
      parts: partsOf(task, main),
    }))
    .sort((a, b) => a.start - b.start);
}

/** When the page set a mark, in milliseconds on the trace's clock. */
export function markedAt(events: readonly TraceEvent[], mark: string): number {
  const found = events.find(({ name, ph }) => name === mark && (ph === 'R' || ph === 'I' || ph === 'n'));
  if (!found) throw new Error(`The trace has no mark "${mark}".`);
  return found.ts / 1000;
}

function cpuOf({ tdur = 0 }: TraceEvent): number {
  return tdur;
}

/** Events inside a task that took at least a fifth of it. */
function partsOf(task: TraceEvent, thread: readonly TraceEvent[]): string[] {
  const end = task.ts + (task.dur ?? 0);
  const cpu = cpuOf(task);
  // Most tasks are over in no time, and there are tens of thousands.
  if (cpu < 5000) return [];
  return thread
    .filter(({ name, ph, ts, dur = 0 }) => name !== TASK && ph === 'X' && ts >= task.ts && ts + dur <= end)
    .filter(({ tdur = 0 }) => tdur >= cpu / 5)
    .sort((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))
    .map(({ name, tdur = 0, args }) => {
      const { url, functionName, type } = args?.data ?? {};
      const where = [type, functionName, typeof url === 'string' ? url.split('/').at(-1) : '']
        .filter(Boolean)
        .join(' ');
      return `${name}${where ? ` (${where})` : ''} ${(tdur / 1000).toFixed(0)} ms`;
    });
}
