import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { privateFolder, readOwnFile } from './private-folder.ts';

const KEPT = 6;
/** Increase it when the format of dumps changes. */
const VERSION = '2';
/** Longer than the creation of a dump on a busy machine, and a limit for locks of killed processes. */
const LOCK_TIMEOUT = 30_000;

/**
 * A dump of a PGlite. It is created once and shared by all processes of this user:
 * loading it takes a fifth of the time of a new start. It depends on PGlite and the
 * parts.
 *
 * A dump is a data directory, and thus contains code that Postgres runs. A dump that
 * another user could have written is never loaded.
 */
export async function keptDump(
  parts: readonly (string | Uint8Array)[],
  make: () => Promise<Blob>,
): Promise<Blob> {
  const folder = await privateFolder('techgarden-schema');
  if (folder === undefined) return make();
  const hash = createHash('sha256');
  hash.update(await readFile(new URL(import.meta.resolve('@electric-sql/pglite'))));
  for (const part of [VERSION, ...parts]) hash.update(part);
  const file = join(folder, `${hash.digest('hex').slice(0, 32)}.tar`);
  const lock = `${file}.lock`;
  const end = performance.now() + LOCK_TIMEOUT;
  while (true) {
    const kept = await readOwnFile(file);
    if (kept) {
      const now = new Date();
      // Another process may have removed it in the meantime.
      await utimes(file, now, now).catch(() => undefined);
      return new Blob([kept]);
    }
    // Workers that start together need the same dump, and its creation takes seconds of a core.
    if ((await acquireLock(lock)) || performance.now() > end) break;
    await sleep(50);
  }
  try {
    const dump = await make();
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, new Uint8Array(await dump.arrayBuffer()), { mode: 0o600 });
    // Atomic for concurrent readers.
    await rename(draft, file);
    await removeUnused(folder);
    return dump;
  } finally {
    await rm(lock, { force: true });
  }
}

async function acquireLock(lock: string): Promise<boolean> {
  return writeFile(lock, '', { flag: 'wx' }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

/** Each change of the migrations creates a new dump of 25 MB. Those that were used last stay. */
async function removeUnused(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => !name.endsWith('.lock'));
  const files = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      const found = await stat(file).catch(() => undefined);
      return { file, time: found?.mtimeMs ?? 0 };
    }),
  );
  const unused = files.toSorted((a, b) => b.time - a.time).slice(KEPT);
  await Promise.all(unused.map(({ file }) => rm(file, { force: true })));
}
