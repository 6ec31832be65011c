import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Windows has neither user ids nor modes; its temporary directory is the user's own.
const me = process.getuid?.();

const isOwn = ({ uid }: Stats): boolean => me === undefined || uid === me;
const isClosed = ({ mode }: Stats): boolean => me === undefined || (mode & 0o077) === 0;

/**
 * A folder in the temporary directory that only this user can enter. `undefined` where
 * somebody else has taken its name: what is in there is not to be trusted.
 */
export async function privateFolder(name: string): Promise<string | undefined> {
  const folder = join(tmpdir(), me === undefined ? name : `${name}-${me}`);
  const found = await make(folder);
  if (!found.isDirectory() || !isOwn(found)) return undefined;
  if (isClosed(found)) return folder;
  // It stood open, so anybody may have put something into it.
  await rm(folder, { recursive: true, force: true });
  const anew = await make(folder);
  return anew.isDirectory() && isOwn(anew) && isClosed(anew) ? folder : undefined;
}

async function make(folder: string): Promise<Stats> {
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return lstat(folder);
}

/** Reads a file that belongs to this user. `undefined` where there is none, or it is a link. */
export async function readOwnFile(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const opened = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(
    () => undefined,
  );
  if (!opened) return undefined;
  try {
    // Of the open file, which nobody can swap meanwhile.
    const found = await opened.stat();
    if (!found.isFile() || !isOwn(found) || !isClosed(found)) return undefined;
    return new Uint8Array(await opened.readFile());
  } finally {
    await opened.close();
  }
}
