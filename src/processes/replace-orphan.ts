import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, killProcesses, processOf, type RunningProcess } from './process-tree.ts';

const patience = 30_000;
const PID_FILE = 'postmaster.pid';

/**
 * Where it is noted which processes write to a folder that is kept, for whoever finds them
 * orphaned. Beside the folder: a copy of it is not theirs.
 */
export const notesOf = (folder: string): string => `${folder}.processes.json`;

/**
 * Ends the Postgres that a killed process left running in a data folder. Whoever calls
 * holds the folder, so nobody who lives has started it.
 */
export async function endOrphanedPostgres(dataFolder: string): Promise<void> {
  const text = await readFile(join(dataFolder, PID_FILE), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return;
  // The number may be another process's by now.
  const found = await processOf(pid);
  if (found === undefined || !found.command.includes(`-D ${dataFolder}`)) return;
  // Its fast shutdown: what was written stays.
  process.kill(pid, 'SIGINT');
  for (const until = Date.now() + patience; isAlive(pid);) {
    if (Date.now() > until) process.kill(pid, 'SIGQUIT');
    await sleep(50);
  }
}

/** All that was left running below a folder, before that is thrown away. */
export async function endOrphans(folder: string): Promise<void> {
  await Promise.all(globSync(join(folder, notesOf('**/*'))).map(endNotedProcesses));
  await Promise.all(
    globSync(join(folder, '**', PID_FILE)).map((file) => endOrphanedPostgres(dirname(file))),
  );
}

/** The same for processes that were noted down when they were started. */
export async function endNotedProcesses(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '[]');
  await killProcesses(parse(text));
}

function parse(text: string): readonly RunningProcess[] {
  try {
    return JSON.parse(text) as readonly RunningProcess[];
  } catch {
    // It was being written when its process was killed.
    return [];
  }
}
