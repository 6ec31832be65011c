import { execFileSync } from 'node:child_process';
import { descendantsOf } from '../src/processes/process-tree.ts';

/** What a process has started, and what that has started. */
export const processTree = async (root: number): Promise<readonly number[]> =>
  (await descendantsOf(root)).map(({ pid }) => pid);

/** Ends a process and all that it started at the same moment: what a lost machine looks like. */
export async function killTree(root: number): Promise<void> {
  for (const pid of [root, ...(await processTree(root))]) {
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
