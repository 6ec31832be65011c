import { PGlite, type Extensions } from '@electric-sql/pglite';
import { keptDump } from '../postgres/kept-dump.ts';
import { leanDump } from '../postgres/lean-dump.ts';
import { openDump } from '../postgres/open-dump.ts';

/** An empty PGlite, in a seventh of the time of `PGlite.create()`. */
export async function blankPostgres(extensions: Extensions = {}): Promise<PGlite> {
  const dump = await keptDump(['blank'], async () => leanDump(await PGlite.create()));
  return openDump(dump, extensions);
}
