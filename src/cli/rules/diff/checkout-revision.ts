import { execFile } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { ProblemError } from '../../../report/problem.ts';

const run = promisify(execFile);

/** The files of a revision, in a temporary folder. */
export interface Checkout {
  /** The folder that corresponds to the working directory. */
  readonly folder: string;
  /** The temporary folder that holds everything. */
  readonly root: string;
}

/**
 * Writes the files of a git revision into a temporary folder, which is removed afterwards.
 * Uses a separate index, so that neither the repository nor its working tree changes.
 * Packages are those that are installed now.
 */
export async function withRevision<Result>(
  cwd: string,
  revision: string,
  signal: AbortSignal,
  use: (checkout: Checkout) => Promise<Result>,
): Promise<Result> {
  const top = await git(cwd, ['rev-parse', '--show-toplevel'], signal).catch((error: unknown) => {
    throw isExit(error) ? noRepository(cwd, revision) : error;
  });
  const prefix = await git(cwd, ['rev-parse', '--show-prefix'], signal);
  const commit = await git(
    cwd,
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
    signal,
  ).catch((error: unknown) => {
    throw isExit(error) ? unknownRevision(top, revision) : error;
  });
  // Places in error messages are relative to this folder, so it must not contain a link.
  const temporary = await mkdtemp(join(await realpath(tmpdir()), 'garden-rules-'));
  try {
    const root = join(temporary, 'tree');
    const env = { GIT_INDEX_FILE: join(temporary, 'index'), GIT_LFS_SKIP_SMUDGE: '1' };
    await git(top, ['read-tree', commit], signal, env);
    await git(top, ['checkout-index', '--all', '--quiet', `--prefix=${root}/`], signal, env);
    const packages = await git(top, ['ls-files', '-z', '*package.json'], signal, env);
    linkPackages(top, root, packages.split('\0').filter(Boolean));
    return await use({ root, folder: join(root, prefix) });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Links `node_modules` of the working tree next to each package.json, and at the top. */
function linkPackages(top: string, root: string, packages: readonly string[]): void {
  for (const folder of new Set(['.', ...packages.map((file) => dirname(file))])) {
    const [from, to] = [top, root].map((base) => join(base, folder, 'node_modules'));
    if (!existsSync(from as string) || existsSync(to as string)) continue;
    if (existsSync(dirname(to as string))) symlinkSync(from as string, to as string, 'junction');
  }
}

async function git(
  cwd: string,
  args: readonly string[],
  signal: AbortSignal,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    const { stdout } = await run('git', args, {
      cwd,
      signal,
      env: { ...process.env, ...env },
      maxBuffer: 2 ** 28,
    });
    return stdout.replace(/\n$/, '');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') throw noGit(error);
    throw error;
  }
}

/** Whether git started and ended with an error. */
const isExit = (error: unknown): boolean => typeof (error as { code?: unknown }).code === 'number';

const noGit = (cause: unknown): ProblemError =>
  new ProblemError(
    {
      code: 'rules/no-git',
      message: 'git is not installed, so no revision can be read.',
      fix: 'install git, or name two folders: garden rules --diff OLD NEW.',
    },
    { cause },
  );

const noRepository = (cwd: string, revision: string): ProblemError =>
  new ProblemError({
    code: 'rules/no-repository',
    message: `the revision ${JSON.stringify(revision)} cannot be read, because the folder is not in a git repository.`,
    context: [cwd],
    fix: 'run it in a git repository, or name two folders: garden rules --diff OLD NEW.',
  });

const unknownRevision = (top: string, revision: string): ProblemError =>
  new ProblemError({
    code: 'rules/unknown-revision',
    message: `there is no revision ${JSON.stringify(revision)}.`,
    context: [top],
    fix: 'name a branch, tag or commit of this repository, or a folder with a drizzle.config.ts. In a shallow clone, fetch the revision first.',
  });
