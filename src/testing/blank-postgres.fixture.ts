import type { Extensions, PGlite } from '@electric-sql/pglite';
import { blankDump } from '../postgres/blank-dump.ts';
import { openDump } from '../postgres/open-dump.ts';

/** An empty PGlite, in a seventh of the time of `PGlite.create()`. */
export async function blankPostgres(extensions: Extensions = {}): Promise<PGlite> {
  return openDump(await blankDump(), extensions);
}
