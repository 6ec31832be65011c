import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const KEPT = 6;

/**
 * A dump of a PGlite, made the first time it is asked for and kept for every
 * other process: loading it takes a fifth of the time of starting anew. The parts
 * are what it depends on, beside PGlite itself.
 */
export async function keptDump(
  parts: readonly (string | Uint8Array)[],
  make: () => Promise<Blob>,
): Promise<Blob> {
  const folder = join(tmpdir(), 'techgarden-schema');
  const hash = createHash('sha256');
  hash.update(await readFile(new URL(import.meta.resolve('@electric-sql/pglite'))));
  for (const part of parts) hash.update(part);
  const file = join(folder, `${hash.digest('hex').slice(0, 32)}.tar`);
  const kept = await readFile(file).catch(() => undefined);
  if (kept) return new Blob([kept]);
  const dump = await make();
  // Two processes may come here at once: a rename is all or nothing.
  await mkdir(folder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, new Uint8Array(await dump.arrayBuffer()));
  await rename(draft, file);
  await forgetOldest(folder);
  return dump;
}

/** Each change to the migrations makes another one, of 40 MB. */
async function forgetOldest(folder: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const file = join(folder, name);
      const found = await stat(file).catch(() => undefined);
      return { file, time: found?.mtimeMs ?? 0 };
    }),
  );
  const oldest = files.toSorted((a, b) => b.time - a.time).slice(KEPT);
  await Promise.all(oldest.map(({ file }) => rm(file, { force: true })));
}
