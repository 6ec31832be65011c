import { PGlite, type Extensions } from '@electric-sql/pglite';

// Of the usual 128 MB the memory alone is a quarter of what it costs to start.
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];

/** A PGlite in memory that begins with what was dumped. */
export function openDump(loadDataDir: Blob, extensions: Extensions = {}): Promise<PGlite> {
  return PGlite.create({ loadDataDir, extensions, startParams });
}
