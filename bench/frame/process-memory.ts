import { readdirSync, readFileSync } from 'node:fs';

export interface Memory {
  /** Peak memory of the largest process in the tree, like GNU time's maximum resident set size. */
  readonly largestBytes: number;
  /** Peak memory of the whole tree. Shared pages count once per process. */
  readonly treeBytes: number;
}

export interface MemoryWatch {
  /** Stops watching. Null except on Linux, where the kernel reports memory. */
  stop(): Memory | null;
}

const POLL_MS = 5;
/** The search for new processes reads all of /proc, so it runs only on every tenth poll. */
const POLLS_PER_SEARCH = 10;

/**
 * Watches a process and its descendants through /proc. `resourceUsage().maxRSS` is not usable:
 * Linux inherits it from the forking process, so a small child of a large benchmark would look
 * large. `VmHWM` is reset on exec. It is a high-water mark, so polling misses only growth after the
 * last poll.
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
  // Sorted by id, because a parent nearly always has a lower id than its children.
  for (const pid of pids.toSorted((a, b) => a - b)) {
    // The name in parentheses can contain spaces and parentheses, so parsing starts after the last
    // one.
    const stat = readProc(`${pid}/stat`);
    const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (members.has(Number(parent)) || members.has(Number(group))) members.add(pid);
  }
}

/** Empty if the process has ended in the meantime. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
}

/** Zero for a zombie process, which has no such line. */
function statusBytes(status: string, field: 'VmRSS' | 'VmHWM'): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  return Number(kibibytes ?? 0) * 1024;
}
