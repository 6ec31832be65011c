import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../../src/report/problem.ts';
import { measureProcess } from './measure-process.ts';

/** Kept inside node_modules, so that whoever deletes that folder deletes the claim too. */
const stamp = join('node_modules', '.installed-lockfile');

/** True when `node_modules` was installed from the lockfile as it is now. */
async function peersAreInstalled(folder: string): Promise<boolean> {
  try {
    return (await readFile(join(folder, stamp), 'utf8')) === (await lockfileHash(folder));
  } catch {
    return false;
  }
}

/** Installs what the suites compare with, unless it is there already. */
export async function installPeers(
  folder: string,
  { signal, progress }: { signal: AbortSignal; progress: (text: string) => void },
): Promise<void> {
  if (await peersAreInstalled(folder)) return;
  progress('installing the peers to compare with (npm ci in bench/)');
  try {
    // npm names its own script to what it runs; outside of npm the command is looked up.
    const script = process.env['npm_execpath'];
    const args = ['ci', '--no-audit', '--no-fund'];
    await measureProcess(
      script?.endsWith('.js')
        ? { file: process.execPath, args: [script, ...args], cwd: folder }
        : { file: process.platform === 'win32' ? 'npm.cmd' : 'npm', args, cwd: folder },
      { signal },
    );
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    throw new ProblemError(
      {
        code: 'bench/install-failed',
        message: 'the peers to compare with could not be installed.',
        context: cause.problem.context ?? [],
        fix: 'run npm ci in bench/ and mend what it reports.',
      },
      { cause },
    );
  }
  await writeFile(join(folder, stamp), await lockfileHash(folder));
}

async function lockfileHash(folder: string): Promise<string> {
  const lockfile = await readFile(join(folder, 'package-lock.json'));
  return createHash('sha256').update(lockfile).digest('hex');
}
