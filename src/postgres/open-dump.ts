import type { Extensions, PGlite } from '@electric-sql/pglite';
import { importPeer } from '../report/missing-package.ts';

/** Opens a dump as a PGlite in memory. */
export async function openDump(loadDataDir: Blob, extensions: Extensions = {}): Promise<PGlite> {
  const { PGlite } = await importPeer('an embedded database', () => import('@electric-sql/pglite'));
  // With the default of 128 MB, memory allocation is a quarter of the start time.
  const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];
  return PGlite.create({ loadDataDir, extensions, startParams });
}
