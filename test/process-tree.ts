import { execFileSync } from 'node:child_process';
import { descendantsOf } from '../src/processes/process-tree.ts';

/** All descendants of a process. */
export const processTree = async (root: number): Promise<readonly number[]> =>
  (await descendantsOf(root)).map(({ pid }) => pid);

/** Kills a process and all its descendants at once, to simulate a machine failure. */
export async function killTree(root: number): Promise<void> {
  for (const pid of [root, ...(await processTree(root))]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The process has exited in the meantime.
    }
  }
}

/** Whether the process is running; a zombie is not. */
export function isRunning(pid: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
    return !state.trim().startsWith('Z');
  } catch {
    return false;
  }
}
