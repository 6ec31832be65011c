import { PGlite, type Extensions } from '@electric-sql/pglite';
import { keptDump } from './kept-dump.ts';
import { leanDump } from './lean-dump.ts';
import { openDump } from './open-dump.ts';

/** An empty PGlite, in a seventh of the time of `PGlite.create()`. */
export async function blankPostgres(extensions: Extensions = {}): Promise<PGlite> {
  const dump = await keptDump(['blank'], async () => leanDump(await PGlite.create()));
  return openDump(dump, extensions);
}
