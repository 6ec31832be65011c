import { PGlite } from '@electric-sql/pglite';
import { keptDump } from './kept-dump.ts';
import { openDump } from './open-dump.ts';

/** A PGlite with nothing in it, in a third of the time that `PGlite.create()` takes. */
export async function blankPostgres(): Promise<PGlite> {
  const dump = await keptDump(['blank'], async () => {
    const client = await PGlite.create();
    const made = await client.dumpDataDir('none');
    await client.close();
    return made;
  });
  return openDump(dump);
}
