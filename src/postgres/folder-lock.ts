import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync, linkSync } from 'node:fs';
import { hostname } from 'node:os';
import { ProblemError } from '../report/problem.ts';

/** The process that holds a folder, according to the lock file. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Start time, which distinguishes processes with the same pid; `null` if it is unknown. */
  readonly started: string | null;
  readonly since: string;
}

/**
 * Locks a folder for this process. PGlite has no lock: two processes that open the same
 * folder both write to it, and lose rows. The lock is a file next to the folder, and is
 * valid only while the process that wrote it runs.
 *
 * @returns a function that releases the lock.
 */
export function lockFolder(
  folder: string,
  elsewhere = 'use another folder (--data DIR)',
): () => void {
  const file = `${folder}.lock`;
  const mine = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    started: startOf(process.pid),
    since: new Date().toISOString(),
  } satisfies Holder);
  for (let tries = 0; tries < 5; tries += 1) {
    if (create(file, mine)) return held(file, mine);
    const text = read(file);
    if (text === undefined) continue;
    const holder = parse(text);
    if (holder !== undefined && isRunning(holder)) throw inUse(folder, file, elsewhere, holder);
    removeStale(file, text);
  }
  throw inUse(folder, file, elsewhere);
}

/** The process that holds the lock of a folder, if one runs. */
export function holderOf(folder: string): Holder | undefined {
  const text = read(`${folder}.lock`);
  const holder = text === undefined ? undefined : parse(text);
  return holder !== undefined && isRunning(holder) ? holder : undefined;
}

const locks = new Map<string, string>();

/** The lock is also released when the process exits, for example after a second Ctrl-C. */
function held(file: string, mine: string): () => void {
  if (locks.size === 0) process.on('exit', releaseAll);
  locks.set(file, mine);
  return () => {
    locks.delete(file);
    if (locks.size === 0) process.off('exit', releaseAll);
    release(file, mine);
  };
}

/** One listener for all locks, because Node warns about more than ten. */
function releaseAll(): void {
  for (const [file, mine] of locks) release(file, mine);
}

/** Creates the file with its content in one step: an empty file would look like the lock of a killed process. */
function create(file: string, text: string): boolean {
  const temporary = `${file}.${randomUUID()}`;
  try {
    writeFileSync(temporary, text);
    linkSync(temporary, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!NO_LINKS.has(codeOf(error))) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  return createInPlace(file, text);
}

/** Some file systems do not support hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

function createInPlace(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Two processes may find the same stale file. If this one moved a fresh lock away, it restores it. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== stale) linkSync(aside, file);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error))) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function release(file: string, mine: string): void {
  if (read(file) === mine) rmSync(file, { force: true });
}

/** A process that was killed during the write leaves invalid JSON. */
function parse(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    return typeof holder?.pid === 'number' && holder.pid > 0 ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(holder: Holder): boolean {
  // A process on another machine that shares the folder cannot be checked.
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: the process runs and belongs to another user.
    if (codeOf(error) !== 'EPERM') return false;
  }
  const started = startOf(holder.pid);
  return started === null || holder.started === null || started === holder.started;
}

/** Linux: start time of the process in ticks since boot (field 22; field 2 may contain spaces). */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function inUse(folder: string, file: string, elsewhere: string, holder?: Holder): ProblemError {
  const who =
    holder === undefined
      ? 'another process'
      : `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}, since ${holder.since}`;
  return new ProblemError({
    code: 'database/in-use',
    message: `the embedded database is in use by ${who}; only one process can open it.`,
    places: [{ file: folder }, { file }],
    fix: `stop that process, or ${elsewhere}. If it does not exist, remove the lock file.`,
  });
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
