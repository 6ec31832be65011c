import { spawn } from 'node:child_process';
import { ProblemError } from '../../src/report/problem.ts';
import { watchMemory, type Memory } from './process-memory.ts';

export interface Command {
  /** An executable. Use `process.execPath` for Node, because npx would be measured too. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** Additional environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes of a successful run; 0 by default. */
  readonly codes?: readonly number[];
}

export interface ProcessRun {
  readonly ns: number;
  readonly memory: Memory | null;
}

const KEPT_OUTPUT = 2000;
const STOP_MS = 2000;

/**
 * Runs a process to its end. A failing process is an error with the end of its output, not a
 * measurement. An abort stops the process and its descendants.
 */
export async function measureProcess(
  command: Command,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<ProcessRun> {
  signal?.throwIfAborted();
  const { file, args = [], cwd, env, codes = [0] } = command;
  const start = process.hrtime.bigint();
  const child = spawn(file, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A separate process group, so that one kill reaches all descendants.
    detached: process.platform !== 'win32',
  });
  const watch = child.pid === undefined ? undefined : watchMemory(child.pid);
  const kill = (name: NodeJS.Signals): void => {
    killGroup(child.pid, name);
  };
  const stop = (): void => {
    kill('SIGTERM');
    setTimeout(kill, STOP_MS, 'SIGKILL').unref();
  };
  const killNow = (): void => kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  process.once('exit', killNow);

  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  try {
    const end = await new Promise<{ ns: number; how: string }>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, killedBy) => {
        const ns = Number(process.hrtime.bigint() - start);
        const how = killedBy ?? String(code);
        // Wait for remaining output, but not forever: a descendant can keep the pipe open.
        const waited = setTimeout(resolve, 500, { ns, how });
        child.once('close', () => {
          clearTimeout(waited);
          resolve({ ns, how });
        });
      });
    });
    signal?.throwIfAborted();
    if (!codes.map(String).includes(end.how))
      throw failed(command, `it ended with ${end.how}`, output);
    return { ns: end.ns, memory: watch?.stop() ?? null };
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw failed(command, error.message, '');
    throw error;
  } finally {
    watch?.stop();
    signal?.removeEventListener('abort', stop);
    process.removeListener('exit', killNow);
  }
}

function killGroup(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, name);
  } catch {
    // The process has already ended.
  }
}

function failed({ file, args = [] }: Command, why: string, output: string): ProblemError {
  return new ProblemError({
    code: 'bench/process-failed',
    message: `a measured process failed: ${why}.`,
    context: [[file, ...args].join(' '), ...(output.trim() === '' ? [] : [output.trim()])],
    fix: 'run the command manually and fix the errors that it reports.',
  });
}
