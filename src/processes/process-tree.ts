import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** As it was started: who has the same number later was started otherwise. */
  readonly command: string;
}

/** All that a process has started, and what that has started; nothing where the system tells nothing. */
export async function descendantsOf(root: number): Promise<readonly RunningProcess[]> {
  const all = await runningProcesses();
  const family: RunningProcess[] = [];
  const parents = [root];
  for (const one of parents) {
    const children = all.filter(({ parent }) => parent === one);
    family.push(...children);
    parents.push(...children.map(({ pid }) => pid));
  }
  return family;
}

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
