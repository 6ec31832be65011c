import { endWatchdog, watchProcesses, type Watched } from './watch-process.ts';

/** A server that must not outlive this process. */
export interface Owned {
  /** The data for the watchdog, which ends the server after this process is killed. */
  watched(): Watched;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
  /** The same, synchronously as far as possible. */
  stopNow(): void;
}

// Servers are stopped in reverse order, because later ones may depend on earlier ones.
const owned: Owned[] = [];
let watching = false;

/** The handle of a server that ends with this process. */
export interface Ownership {
  /** Called after the server's process was started. */
  changed(): void;
  /** Called after the server ended, or when the caller stops it. */
  forget(): void;
}

/**
 * Ends a server with this process, however this process ends: a failing test, a Ctrl-C and
 * a SIGKILL leave nothing behind.
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

/**
 * One handler for all servers: separate handlers would end the process while other servers
 * still run.
 */
function watchProcessEnd(): void {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const server of owned.toReversed()) server.stopNow();
    endWatchdog();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const endOnSignal = (): void => {
      // Another handler ends the process later, and may need the servers until then.
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
