import { spawn, type ChildProcess } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is to be ended when this process is gone. */
export interface Watched {
  /** Absent before it is started. */
  readonly pid: number | undefined;
  /** What it ends at once on; its own children end with it, or are ended after it. */
  readonly signal: 'SIGQUIT' | 'SIGTERM';
  /** Removed after its end. */
  readonly temporaryFolder?: string | undefined;
}

const script = fileURLToPath(
  // TypeScript in the repository, JavaScript in the package.
  new URL(`./watchdog${extname(import.meta.filename)}`, import.meta.url),
);

let watchdog: ChildProcess | undefined;

/** Has these ended when this process is gone, a SIGKILL included, and none that were named before. */
export function watchProcesses(list: readonly Watched[]): void {
  watchdog ??= startWatchdog();
  watchdog.stdin?.write(`${JSON.stringify(list)}\n`);
}

/** For the end of this process, where nothing is left to be ended. */
export function endWatchdog(): void {
  watchdog?.kill('SIGKILL');
}

function startWatchdog(): ChildProcess {
  // A group of its own: Ctrl-C in a terminal reaches only the others.
  const child = spawn(process.execPath, [script], {
    detached: true,
    env: { PATH: process.env['PATH'] },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without it a SIGKILL leaves orphans, which the next start ends.
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  return child;
}
