import { importPeer } from '../report/missing-package.ts';
import { keptDump } from './kept-dump.ts';
import { leanDump } from './lean-dump.ts';

let blank: Promise<Blob> | undefined;

/** A dump of an empty PGlite. A process reads it once. */
export function blankDump(): Promise<Blob> {
  blank ??= keptDump(['blank'], async () => {
    const { PGlite } = await importPeer(
      'an embedded database',
      () => import('@electric-sql/pglite'),
    );
    return leanDump(await PGlite.create());
  }).catch((error: unknown) => {
    blank = undefined;
    throw error;
  });
  return blank;
}
