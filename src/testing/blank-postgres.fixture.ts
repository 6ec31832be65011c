import { PGlite } from '@electric-sql/pglite';
import { keptDump } from './kept-dump.ts';
import { leanDump } from './lean-dump.ts';
import { openDump } from './open-dump.ts';

/** A PGlite with nothing in it, in a seventh of the time that `PGlite.create()` takes. */
export async function blankPostgres(): Promise<PGlite> {
  return openDump(await keptDump(['blank'], async () => leanDump(await PGlite.create())));
}
