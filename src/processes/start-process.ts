import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithProcess } from './end-with-process.ts';
import type { Part } from './part.ts';

const keptLog = 64_000;
const patience = 10_000;

export interface ProcessOptions {
  readonly cwd?: string;
  /** Runs the only argument as a shell command. */
  readonly shell?: boolean;
  /** Called with the output of the process. */
  readonly onOutput?: (text: string) => void;
  /** Called with the messages of a Node process. */
  readonly onMessage?: (message: unknown) => void;
}

/** A part that runs as a process. */
export interface ProcessPart extends Part {
  /** Absent if it could not be started. */
  readonly pid: number | undefined;
}

/** A child process that ends with this one, together with its own children. */
export function startProcess(
  name: string,
  [file, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string | undefined>>,
  { cwd, shell = false, onOutput, onMessage }: ProcessOptions = {},
): ProcessPart {
  const child = spawn(file, args, {
    env: { ...env },
    ...(cwd !== undefined && { cwd }),
    shell,
    // The process gets its own group, so that its children can be ended after it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(onMessage ? (['ipc'] as const) : [])],
  });
  let log = '';
  const keep = (chunk: Buffer): void => {
    log = (log + chunk.toString()).slice(-keptLog);
    onOutput?.(chunk.toString());
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  if (onMessage) child.on('message', onMessage);
  child.once('exit', () => signalGroup(child, 'SIGKILL'));
  // Its children share its pipes, which close when the last of them has ended.
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      keep(Buffer.from(String(error)));
      resolve();
    });
    child.once('close', () => resolve());
  });
  const stopProcess = async (): Promise<void> => {
    signalGroup(child, 'SIGTERM');
    const inTime = await Promise.race([
      ended.then(() => true),
      sleep(patience, false, { ref: false }),
    ]);
    if (!inTime) signalGroup(child, 'SIGKILL');
    await ended;
  };
  const ownership = endWithProcess({
    stop: stopProcess,
    stopNow: () => signalGroup(child, 'SIGKILL'),
    watched: () => ({ pid: child.pid, signal: 'SIGTERM' }),
  });
  void ended.then(() => ownership.forget());
  return {
    name,
    pid: child.pid,
    ended,
    log: () => log,
    stop: () => {
      ownership.forget();
      return stopProcess();
    },
  };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The last process of the group has ended, or the system has no groups.
    child.kill(signal);
  }
}
