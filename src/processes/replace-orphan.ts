import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, killProcesses, processOf, type RunningProcess } from './process-tree.ts';

const patience = 30_000;
const PID_FILE = 'postmaster.pid';

/**
 * The file that records which processes write to a kept folder, so that orphans can be
 * found. It is next to the folder, so that a copy of the folder does not include it.
 */
export const notesOf = (folder: string): string => `${folder}.processes.json`;

/**
 * Ends the Postgres that a killed process left running in a data folder. The caller holds
 * the lock of the folder, so no living process has started it.
 */
export async function endOrphanedPostgres(dataFolder: string): Promise<void> {
  const text = await readFile(join(dataFolder, PID_FILE), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return;
  // Another process may have the same id by now.
  const found = await processOf(pid);
  if (found === undefined || !found.command.includes(`-D ${dataFolder}`)) return;
  // Postgres's fast shutdown: written data is kept.
  process.kill(pid, 'SIGINT');
  for (const until = Date.now() + patience; isAlive(pid);) {
    if (Date.now() > until) process.kill(pid, 'SIGQUIT');
    await sleep(50);
  }
}

/** Ends all orphans below a folder, before the folder is deleted. */
export async function endOrphans(folder: string): Promise<void> {
  await Promise.all(globSync(join(folder, notesOf('**/*'))).map(endNotedProcesses));
  await Promise.all(
    globSync(join(folder, '**', PID_FILE)).map((file) => endOrphanedPostgres(dirname(file))),
  );
}

/** The same for processes that were recorded when they started. */
export async function endNotedProcesses(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '[]');
  await killProcesses(parse(text));
}

function parse(text: string): readonly RunningProcess[] {
  try {
    return JSON.parse(text) as readonly RunningProcess[];
  } catch {
    // The process was killed while it wrote the file.
    return [];
  }
}
