import { endWatchdog, watchProcesses, type Watched } from './watch-process.ts';

/** A server that a test started and that must not outlive its process. */
export interface Owned {
  /** The same for a process that is killed, which can do nothing itself. */
  watched(): Watched;
  /** Ends it and removes what it wrote. */
  stop(): Promise<void>;
  /** The same as far as it can be done without waiting for anything. */
  stopNow(): void;
}

// What was started last may stand on what was started before it.
const owned: Owned[] = [];
let watching = false;

/** A server that ends with this process. */
export interface Ownership {
  /** After its process was started. */
  changed(): void;
  /** After it ended, or for whoever stops it himself. */
  forget(): void;
}

/**
 * Ends a server with this process, however that ends: a failing test, a Ctrl-C and a
 * SIGKILL leave nothing behind.
 */
export function endWithProcess(server: Owned): Ownership {
  owned.push(server);
  watchProcessEnd();
  const changed = (): void => watchProcesses(owned.map((one) => one.watched()));
  changed();
  return {
    changed,
    forget() {
      const at = owned.indexOf(server);
      if (at < 0) return;
      owned.splice(at, 1);
      changed();
    },
  };
}

/** Once for all servers: the first to handle a signal alone would end the process under the others. */
function watchProcessEnd(): void {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const server of owned.toReversed()) server.stopNow();
    endWatchdog();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const endOnSignal = (): void => {
      // Whoever handles it ends the process in its own time, and may need the servers for that.
      if (process.listenerCount(signal) > 1) return;
      process.off(signal, endOnSignal);
      void stopAll().then(() => process.kill(process.pid, signal));
    };
    process.on(signal, endOnSignal);
  }
}

async function stopAll(): Promise<void> {
  for (const server of owned.toReversed()) await server.stop().catch(() => {});
}
