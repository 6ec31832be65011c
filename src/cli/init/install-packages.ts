import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { CommandContext } from '../../command/command.ts';
import type { PackageManager } from '../../project/init/folder-state.ts';
import { ProblemError } from '../../report/problem.ts';

/** Installs the packages in package.json with the project's package manager. */
export async function installPackages(
  { io, paint, flag, signal }: CommandContext,
  manager: PackageManager,
): Promise<void> {
  const quiet = flag('json');
  if (!quiet) io.stdout.write(`\n${paint('bold', `${manager} install`)}\n`);
  const args = manager === 'npm' ? ['install', '--no-audit', '--no-fund'] : ['install'];
  const code = await run(manager, args, { cwd: io.cwd, quiet, signal });
  if (code === 0) return;
  throw new ProblemError({
    code: 'init/install',
    message: `${manager} install ended with exit code ${code}. All files are written.`,
    fix: `correct what ${manager} reports, then run ${manager} install and npx garden generate.`,
  });
}

interface RunOptions {
  readonly cwd: string;
  /** Standard output is reserved for JSON. */
  readonly quiet: boolean;
  readonly signal: AbortSignal;
}

/** Runs a command of this package in a new process. */
export async function runOwnCommand(args: readonly string[], options: RunOptions): Promise<void> {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const main = fileURLToPath(new URL(`../../main.${ending}`, import.meta.url));
  const code = await run(process.execPath, [main, ...args], options);
  if (code === 0) return;
  throw new ProblemError({
    code: 'init/generate',
    message: `garden ${args.join(' ')} ended with exit code ${code}.`,
    fix: `correct what it reports, and run npx garden ${args.join(' ')}.`,
  });
}

async function run(
  command: string,
  args: readonly string[],
  { cwd, quiet, signal }: RunOptions,
): Promise<number> {
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', quiet ? 2 : 'inherit', 'inherit'],
    // On Windows, npm is a script and needs a shell.
    shell: process.platform === 'win32',
  });
  // A terminal also sends Ctrl-C to the child, but `kill` signals only this process.
  const stop = (): void => void child.kill();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    signal.throwIfAborted();
    return code ?? 1;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new ProblemError(
      {
        code: 'init/install',
        message: `${command} is not installed. All files are written.`,
        fix: `install ${command}, or run the installation with another package manager.`,
      },
      { cause: error },
    );
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
