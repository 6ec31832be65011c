/** A server that a test started and that must not outlive its process. */
export interface Owned {
  /** Ends it and removes what it wrote. */
  stop(): Promise<void>;
  /** The same as far as it can be done without waiting for anything. */
  stopNow(): void;
}

// What was started last may stand on what was started before it.
const owned: Owned[] = [];
let watching = false;

/**
 * Ends a server with this process, however that ends: a failing test or a Ctrl-C
 * leaves nothing behind. Gives what forgets it again, for whoever stops it himself.
 */
export function endWithProcess(server: Owned): () => void {
  owned.push(server);
  watchProcessEnd();
  return () => {
    const at = owned.indexOf(server);
    if (at >= 0) owned.splice(at, 1);
  };
}

/** Once for all servers: the first to handle a signal alone would end the process under the others. */
function watchProcessEnd(): void {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const server of owned.toReversed()) server.stopNow();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void stopAll().then(
        // Only where nobody else handles it does the signal still have to end the process.
        () => process.listenerCount(signal) === 0 && process.kill(process.pid, signal),
      );
    });
  }
}

async function stopAll(): Promise<void> {
  for (const server of owned.toReversed()) await server.stop().catch(() => {});
}
