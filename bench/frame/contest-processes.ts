import { contestOrder } from './contest-order.ts';
import { measureProcess, type Command, type ProcessRun } from './measure-process.ts';
import { summarise, type Sample } from './summarise.ts';

export interface ProcessContestant extends Command {
  /** Removes what the last run wrote, for example. Not counted. */
  readonly before?: () => unknown;
}

export interface ProcessSample {
  /** Nanoseconds from the start to the end of the process. */
  readonly time: Sample;
  /** Bytes that the largest process held at its peak; null where the system does not tell. */
  readonly memory: Sample | null;
  /** Bytes that all its processes held together at their peak; see `Memory`. */
  readonly treeMemory: Sample | null;
}

export interface ProcessContestOptions {
  readonly rounds?: number;
  readonly signal?: AbortSignal;
  /** For tests. */
  readonly measure?: typeof measureProcess;
}

/**
 * As `contest`, for whole processes: one run of each that is not counted, so that
 * the files are in the cache, then rounds in which they alternate.
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
  // `fromEntries` forgets which keys it was given.
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
