import { dirname } from 'node:path';
import { ProblemError } from '../report/problem.ts';
import { makeFolder } from '../report/make-folder.ts';
import { lockFolder } from './folder-lock.ts';

/**
 * Takes a folder for the data of an embedded database, and makes those above it.
 *
 * @returns what gives it back.
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
        message: `the folder for the data cannot be made: ${said}.`,
        places: [{ file: folder }],
        fix: 'check that you may write there and that the disk is not full.',
      },
      { cause: error },
    );
  }
}
