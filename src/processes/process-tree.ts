import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** As it was started: who has the same number later was started otherwise. */
  readonly command: string;
}

/** All that a process has started, and what that has started; nothing where the system tells nothing. */
export const descendantsOf = async (root: number): Promise<readonly RunningProcess[]> =>
  (await familyOf(root)).filter(({ pid }) => pid !== root);

/** The same with the process itself. */
export async function familyOf(root: number): Promise<readonly RunningProcess[]> {
  const all = await runningProcesses();
  const family = all.filter(({ pid }) => pid === root);
  const parents = [root];
  for (const one of parents) {
    const children = all.filter(({ parent }) => parent === one);
    family.push(...children);
    parents.push(...children.map(({ pid }) => pid));
  }
  return family;
}

/** Whether there is such a process; one that ended and was not yet asked for counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The process of that number, as it is known to the system. */
export const processOf = async (pid: number): Promise<RunningProcess | undefined> =>
  (await runningProcesses()).find((one) => one.pid === pid);

/** Ends those that still run, without a word. */
export async function killProcesses(processes: readonly RunningProcess[]): Promise<void> {
  if (processes.length === 0) return;
  const running = new Map((await runningProcesses()).map((one) => [one.pid, one.command]));
  for (const { pid, command } of processes) {
    if (running.get(pid) !== command) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

async function runningProcesses(): Promise<readonly RunningProcess[]> {
  const listed = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args='], {
    maxBuffer: 16_000_000,
  }).catch(() => undefined);
  return (listed?.stdout ?? '').split('\n').flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}
