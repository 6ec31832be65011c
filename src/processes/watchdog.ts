import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendantsOf, isAlive, killProcesses } from './process-tree.ts';
import type { Watched } from './watch-process.ts';

// A program of its own: its standard input is a pipe that closes when the process at the
// other end is gone, however that ended, a SIGKILL too. It then ends what that has started.
// Each line is the whole list as it is from now on.

const patience = 5000;

let watched: readonly Watched[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  watched = JSON.parse(line) as readonly Watched[];
}
// What was started last may stand on what was started before it.
for (const one of watched.toReversed()) await end(one);

async function end({ pid, signal, temporaryFolder }: Watched): Promise<void> {
  if (pid !== undefined) {
    const family = await descendantsOf(pid);
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself.
    }
    for (const until = Date.now() + patience; isAlive(pid) && Date.now() < until;) await sleep(20);
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await killProcesses(family);
  }
  if (temporaryFolder !== undefined)
    await rm(temporaryFolder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
}
