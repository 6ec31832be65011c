import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** The command line, to detect that a later process reuses the id. */
  readonly command: string;
}

/** All descendants of a process; empty if the system does not list processes. */
export const descendantsOf = async (root: number): Promise<readonly RunningProcess[]> =>
  (await familyOf(root)).filter(({ pid }) => pid !== root);

/** The same, including the process itself. */
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

/** Whether the process exists; a zombie counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It exists, but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The process with this id, as the system lists it. */
export const processOf = async (pid: number): Promise<RunningProcess | undefined> =>
  (await runningProcesses()).find((one) => one.pid === pid);

/** Kills the processes that still run, and ignores errors. */
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
