import type { Extensions, PGlite } from '@electric-sql/pglite';
import { importPeer } from '../report/missing-package.ts';

/** A PGlite in memory that begins with what was dumped. */
export async function openDump(loadDataDir: Blob, extensions: Extensions = {}): Promise<PGlite> {
  const { PGlite } = await importPeer('testDatabase()', () => import('@electric-sql/pglite'));
  // Of the usual 128 MB the memory alone is a quarter of what it costs to start.
  const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];
  return PGlite.create({ loadDataDir, extensions, startParams });
}
