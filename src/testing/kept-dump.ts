import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { privateFolder, readOwnFile } from './private-folder.ts';

const KEPT = 6;
/** Goes up when dumps are made in another way. */
const VERSION = '2';
/** Longer than a dump takes to make on a busy machine; a process that was killed keeps nobody waiting. */
const PATIENCE = 30_000;

/**
 * A dump of a PGlite, made the first time it is asked for and kept for every
 * other process of this user: loading it takes a fifth of the time of starting anew.
 * The parts are what it depends on, beside PGlite itself.
 *
 * A dump is a data directory, and with it code that Postgres runs: one that somebody
 * else could have written is never loaded.
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
  const end = performance.now() + PATIENCE;
  while (true) {
    const kept = await readOwnFile(file);
    if (kept) return new Blob([kept]);
    // Workers that start together ask for the same one: to make it takes seconds of a core.
    if ((await isMine(lock)) || performance.now() > end) break;
    await sleep(50);
  }
  try {
    const dump = await make();
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, new Uint8Array(await dump.arrayBuffer()), { mode: 0o600 });
    // All or nothing, for whoever reads at the same time.
    await rename(draft, file);
    await forgetOldest(folder);
    return dump;
  } finally {
    await rm(lock, { force: true });
  }
}

async function isMine(lock: string): Promise<boolean> {
  return writeFile(lock, '', { flag: 'wx' }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

/** Each change to the migrations makes another one, of 25 MB. */
async function forgetOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => !name.endsWith('.lock'));
  const files = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      const found = await stat(file).catch(() => undefined);
      return { file, time: found?.mtimeMs ?? 0 };
    }),
  );
  const oldest = files.toSorted((a, b) => b.time - a.time).slice(KEPT);
  await Promise.all(oldest.map(({ file }) => rm(file, { force: true })));
}
