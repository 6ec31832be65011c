import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithProcess } from './end-with-process.ts';
import type { Part } from './part.ts';

const keptLog = 64_000;
const patience = 10_000;

/** A child process that ends with this one. */
export function startProcess(
  name: string,
  [file, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string | undefined>>,
): Part {
  const child = spawn(file, args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const keep = (chunk: Buffer): void => {
    log = (log + chunk.toString()).slice(-keptLog);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      keep(Buffer.from(String(error)));
      resolve();
    });
    child.once('close', () => resolve());
  });
  const stopProcess = async (): Promise<void> => {
    child.kill('SIGTERM');
    const inTime = await Promise.race([
      ended.then(() => true),
      sleep(patience, false, { ref: false }),
    ]);
    if (!inTime) child.kill('SIGKILL');
    await ended;
  };
  const ownership = endWithProcess({
    stop: stopProcess,
    stopNow: () => void child.kill('SIGKILL'),
    watched: () => ({ pid: child.pid, signal: 'SIGTERM' }),
  });
  void ended.then(() => ownership.forget());
  return {
    name,
    ended,
    log: () => log,
    stop: () => {
      ownership.forget();
      return stopProcess();
    },
  };
}
