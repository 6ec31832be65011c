import { readdirSync, readFileSync } from 'node:fs';

export interface Memory {
  /** The largest process of the tree at its peak: what GNU time calls the maximum resident size. */
  readonly largestBytes: number;
  /** The peak of what the tree held together. Shared pages count once for each process. */
  readonly treeBytes: number;
}

export interface MemoryWatch {
  /** Ends the watch. Null where the system does not tell: anywhere but on Linux. */
  stop(): Memory | null;
}

const POLL_MS = 5;
/** Looking for new processes reads all of /proc, so it happens on every tenth poll only. */
const POLLS_PER_SEARCH = 10;

/**
 * Follows a process and all its descendants through /proc. Not `resourceUsage().maxRSS`:
 * Linux carries that over from the process that forked, so a small child of a large
 * benchmark would look large. `VmHWM` starts anew with the program, and being a
 * high-water mark it lets a poll miss only what happens after the last one.
 */
export function watchMemory(root: number): MemoryWatch {
  if (process.platform !== 'linux') return { stop: () => null };
  const members = new Set([root]);
  let largestBytes = 0;
  let treeBytes = 0;
  let polls = 0;

  const poll = (): void => {
    if (polls % POLLS_PER_SEARCH === 0) findDescendants(members);
    polls += 1;
    let together = 0;
    for (const pid of members) {
      const status = readProc(`${pid}/status`);
      together += statusBytes(status, 'VmRSS');
      largestBytes = Math.max(largestBytes, statusBytes(status, 'VmHWM'));
    }
    treeBytes = Math.max(treeBytes, together, largestBytes);
  };

  poll();
  const timer = setInterval(poll, POLL_MS);
  return {
    stop() {
      clearInterval(timer);
      return largestBytes === 0 ? null : { largestBytes, treeBytes };
    },
  };
}

function findDescendants(members: Set<number>): void {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  // In the order of their ids a parent nearly always comes before its children.
  for (const pid of pids.toSorted((a, b) => a - b)) {
    // The name in parentheses may hold spaces and parentheses: count from the last one.
    const stat = readProc(`${pid}/stat`);
    const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (members.has(Number(parent)) || members.has(Number(group))) members.add(pid);
  }
}

/** Empty when the process has ended since it was listed. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
}

/** A process that has ended but was not waited for has no such line. */
function statusBytes(status: string, field: 'VmRSS' | 'VmHWM'): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  return Number(kibibytes ?? 0) * 1024;
}
