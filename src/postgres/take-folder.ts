import { dirname } from 'node:path';
import { ProblemError } from '../report/problem.ts';
import { makeFolder } from '../report/make-folder.ts';
import { lockFolder } from './folder-lock.ts';

/**
 * Locks the folder of an embedded database, and creates its parent folders.
 *
 * @returns a function that releases the lock.
 */
export function takeFolder(folder: string, elsewhere?: string): () => void {
  try {
    makeFolder(dirname(folder));
    return lockFolder(folder, elsewhere);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const said = error instanceof Error ? error.message : String(error);
    throw new ProblemError(
      {
        code: 'database/data-folder',
        message: `the data folder cannot be created: ${said}.`,
        places: [{ file: folder }],
        fix: 'check that you have write permission there and that the disk is not full.',
      },
      { cause: error },
    );
  }
}
