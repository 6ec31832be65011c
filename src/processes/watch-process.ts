import { spawn, type ChildProcess } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A process that the watchdog ends after this process has ended. */
export interface Watched {
  /** Absent before it is started. */
  readonly pid: number | undefined;
  /** The signal that ends it immediately; its children end with it, or are ended after it. */
  readonly signal: 'SIGQUIT' | 'SIGTERM';
  /** Deleted after it has ended. */
  readonly temporaryFolder?: string | undefined;
}

const script = fileURLToPath(
  // TypeScript in the repository, JavaScript in the package.
  new URL(`./watchdog${extname(import.meta.filename)}`, import.meta.url),
);

let watchdog: ChildProcess | undefined;

/**
 * Replaces the list of processes that are ended when this process is gone, even after a
 * SIGKILL.
 */
export function watchProcesses(list: readonly Watched[]): void {
  watchdog ??= startWatchdog();
  watchdog.stdin?.write(`${JSON.stringify(list)}\n`);
}

/** Called at the end of this process when no server is left. */
export function endWatchdog(): void {
  watchdog?.kill('SIGKILL');
}

function startWatchdog(): ChildProcess {
  // A separate process group, so that Ctrl-C in a terminal does not reach it.
  const child = spawn(process.execPath, [script], {
    detached: true,
    env: { PATH: process.env['PATH'] },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without the watchdog, a SIGKILL leaves orphans, which the next start ends.
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  return child;
}
