import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../../src/report/problem.ts';
import { measureProcess } from './measure-process.ts';

/** Inside node_modules, so that deleting that folder also deletes the stamp. */
const stamp = join('node_modules', '.installed-lockfile');

/** True if `node_modules` was installed from the current lockfile. */
async function peersAreInstalled(folder: string): Promise<boolean> {
  try {
    return (await readFile(join(folder, stamp), 'utf8')) === (await lockfileHash(folder));
  } catch {
    return false;
  }
}

/** Installs the peers that suites compare with, unless they are installed. */
export async function installPeers(
  folder: string,
  { signal, progress }: { signal: AbortSignal; progress: (text: string) => void },
): Promise<void> {
  if (await peersAreInstalled(folder)) return;
  progress('installing the peers (npm ci in bench/)');
  try {
    // npm sets this variable to its script. Without it, the command is looked up in PATH.
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
        message: 'the peers could not be installed.',
        context: cause.problem.context ?? [],
        fix: 'run npm ci in bench/ and fix the errors that it reports.',
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
