import { PGlite } from '@electric-sql/pglite';
import { keptDump } from './kept-dump.ts';

/** A PGlite with nothing in it, in a third of the time that `PGlite.create()` takes. */
export async function blankPostgres(): Promise<PGlite> {
  const loadDataDir = await keptDump(['blank'], async () => {
    const client = await PGlite.create();
    const dump = await client.dumpDataDir('none');
    await client.close();
    return dump;
  });
  return PGlite.create({ loadDataDir });
}
