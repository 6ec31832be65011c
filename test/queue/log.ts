import { appendFileSync, readFileSync } from 'node:fs';

/** A line of the workers' test log, which is independent of the queue's tables. */
export interface Entry {
  readonly event: 'start' | 'end' | 'aborted';
  readonly request: string;
  readonly worker: string;
  /** Microseconds of the machine's monotonic clock, which all processes share. */
  readonly at: number;
}

export const now = (): number => Number(process.hrtime.bigint() / 1000n);

export const entryText = (entry: Omit<Entry, 'at'>): string =>
  JSON.stringify({ ...entry, at: now() });

/** One append write per line, so that lines of several processes do not interleave. */
export function writeEntry(file: string, entry: Omit<Entry, 'at'>): void {
  appendFileSync(file, `${entryText(entry)}\n`);
}

export const readEntries = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

/** `start` and `aborted` are written to a file, `end` in the transaction that ends the request. */
export const parseEntries = (lines: readonly string[]): readonly Entry[] =>
  lines.map((line) => JSON.parse(line) as Entry);

/**
 * Errors in a log: requests that did not end exactly once, or ran in two workers at the
 * same time. An interrupted run ends with its worker, at the time in `killed`.
 */
export function findFaults(
  requests: readonly string[],
  entries: readonly Entry[],
  killed: ReadonlyMap<string, number>,
): readonly string[] {
  const known = new Set(requests);
  const faults: string[] = [];
  const ends = new Map<string, number>();
  const runs = new Map<string, { worker: string; from: number; to: number | undefined }[]>();
  for (const { event, request, worker, at } of entries.toSorted((a, b) => a.at - b.at)) {
    if (!known.has(request)) faults.push(`${request} was never asked for`);
    const own = runs.get(request) ?? [];
    runs.set(request, own);
    const open = own.findLast((run) => run.worker === worker && run.to === undefined);
    if (event === 'start') own.push({ worker, from: at, to: undefined });
    else if (open === undefined) faults.push(`${request} ended in ${worker}, where it did not run`);
    else open.to = at;
    if (event === 'end') ends.set(request, (ends.get(request) ?? 0) + 1);
  }
  for (const request of requests) {
    const count = ends.get(request) ?? 0;
    if (count !== 1) faults.push(`${request} ended ${count} times`);
    let until = -Infinity;
    for (const run of runs.get(request) ?? []) {
      if (run.from < until) faults.push(`${request} ran in two workers at a time`);
      until = Math.max(until, run.to ?? killed.get(run.worker) ?? Infinity);
    }
  }
  return faults;
}
