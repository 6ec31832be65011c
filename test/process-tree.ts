import { execFileSync } from 'node:child_process';

/** A process and all that it started. */
export function processTree(root: number): readonly number[] {
  const parents = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const tree = [root];
  for (const one of tree) {
    tree.push(...parents.filter(([, parent]) => parent === one).map(([pid]) => pid));
  }
  return tree;
}

/** Ends them at the same moment: what a lost machine looks like. */
export function killTree(root: number): void {
  for (const pid of processTree(root)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself meanwhile.
    }
  }
}

/** Whether it still runs; one that ended and was not yet asked for does not. */
export function isRunning(pid: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
    return !state.trim().startsWith('Z');
  } catch {
    return false;
  }
}
