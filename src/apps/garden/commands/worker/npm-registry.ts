import { execFile } from 'node:child_process';
import type { Io } from '../../../../command/io.ts';

/** The registry that npm is configured to use in this folder, or `undefined` without npm. */
export async function npmRegistry(
  { env, cwd }: Io,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  execFile(
    'npm',
    ['config', 'get', 'registry', '--no-update-notifier'],
    { env: { ...env }, cwd, signal, timeout: 20_000, shell: process.platform === 'win32' },
    (error, stdout) => {
      const address = stdout.trim();
      resolve(error === null && /^https?:\/\//.test(address) ? address : undefined);
    },
  );
  const address = await promise;
  signal.throwIfAborted();
  return address;
}
