import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Windows has no user ids and modes; its temporary directory belongs to the user.
const userId = process.getuid?.();

const isOwn = ({ uid }: Stats): boolean => userId === undefined || uid === userId;
const isClosed = ({ mode }: Stats): boolean => userId === undefined || (mode & 0o077) === 0;

/**
 * A folder in the temporary directory that only this user can access. `undefined` if
 * another user owns a folder of that name, whose content cannot be trusted.
 */
export async function privateFolder(name: string): Promise<string | undefined> {
  const folder = join(tmpdir(), userId === undefined ? name : `${name}-${userId}`);
  const found = await make(folder);
  if (!found.isDirectory() || !isOwn(found)) return undefined;
  if (isClosed(found)) return folder;
  // Other users had access, so the content cannot be trusted.
  await rm(folder, { recursive: true, force: true });
  const recreated = await make(folder);
  return recreated.isDirectory() && isOwn(recreated) && isClosed(recreated) ? folder : undefined;
}

async function make(folder: string): Promise<Stats> {
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return lstat(folder);
}

/** Reads a file of this user. `undefined` if it is missing, a link, or accessible to others. */
export async function readOwnFile(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const opened = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(
    () => undefined,
  );
  if (!opened) return undefined;
  try {
    // Checks the open file, because the path could be replaced in the meantime.
    const found = await opened.stat();
    if (!found.isFile() || !isOwn(found) || !isClosed(found)) return undefined;
    return await opened.readFile();
  } finally {
    await opened.close();
  }
}
