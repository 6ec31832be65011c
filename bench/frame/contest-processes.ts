import { contestOrder } from './contest-order.ts';
import { measureProcess, type Command, type ProcessRun } from './measure-process.ts';
import { summarise, type Sample } from './summarise.ts';

export interface ProcessContestant extends Command {
  /** Runs before each process, for example to remove its last output. Not measured. */
  readonly before?: () => unknown;
}

export interface ProcessSample {
  /** Nanoseconds from the start to the end of the process. */
  readonly time: Sample;
  /** Peak memory in bytes of the largest process; null if the system does not report it. */
  readonly memory: Sample | null;
  /** Peak memory in bytes of the whole process tree; see `Memory`. */
  readonly treeMemory: Sample | null;
}

export interface ProcessContestOptions {
  readonly rounds?: number;
  readonly signal?: AbortSignal;
  /** Overridden in tests. */
  readonly measure?: typeof measureProcess;
}

/**
 * Like `contest`, for whole processes: one unmeasured run of each, which fills the file cache, and
 * then rounds in which they alternate.
 */
export async function contestProcesses<Name extends string>(
  contestants: Readonly<Record<Name, ProcessContestant>>,
  { rounds = 5, signal, measure = measureProcess }: ProcessContestOptions = {},
): Promise<Record<Name, ProcessSample>> {
  const names = Object.keys(contestants) as Name[];
  const runs = new Map<Name, ProcessRun[]>(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const name of contestOrder(names, Math.max(round, 0))) {
      await contestants[name].before?.();
      const run = await measure(contestants[name], signal && { signal });
      if (round >= 0) runs.get(name)!.push(run);
    }
  }
  // `fromEntries` loses the key type.
  return Object.fromEntries(names.map((name) => [name, summariseRuns(runs.get(name)!)])) as Record<
    Name,
    ProcessSample
  >;
}

function summariseRuns(runs: readonly ProcessRun[]): ProcessSample {
  const memories = runs.flatMap(({ memory }) => (memory === null ? [] : [memory]));
  const known = memories.length === runs.length;
  return {
    time: summarise(runs.map(({ ns }) => ns)),
    memory: known ? summarise(memories.map(({ largestBytes }) => largestBytes)) : null,
    treeMemory: known ? summarise(memories.map(({ treeBytes }) => treeBytes)) : null,
  };
}
