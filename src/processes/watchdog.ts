import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendantsOf, isAlive, killProcesses } from './process-tree.ts';
import type { Watched } from './watch-process.ts';

// A separate program. Its standard input is a pipe that closes when the parent is gone, for
// whatever reason, including a SIGKILL. It then ends the processes that the parent started.
// Each line of input is the complete current list.

const patience = 5000;

let watched: readonly Watched[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  watched = JSON.parse(line) as readonly Watched[];
}
// In reverse order, because later processes may depend on earlier ones.
for (const one of watched.toReversed()) await end(one);

async function end({ pid, signal, temporaryFolder }: Watched): Promise<void> {
  if (pid !== undefined) {
    const family = await descendantsOf(pid);
    try {
      process.kill(pid, signal);
    } catch {
      // It has already ended.
    }
    for (const until = Date.now() + patience; isAlive(pid) && Date.now() < until;) await sleep(20);
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await killProcesses(family);
  }
  if (temporaryFolder !== undefined)
    await rm(temporaryFolder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
}
