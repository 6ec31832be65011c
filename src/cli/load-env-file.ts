import { join } from 'node:path';
import process from 'node:process';
import { ProblemError } from '../report/problem.ts';

/**
 * Reads the file .env of a folder into the environment of this process, if there is one,
 * by Node's own rules: what is set already stays.
 */
export function loadEnvFile(folder: string): void {
  const file = join(folder, '.env');
  try {
    process.loadEnvFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    throw new ProblemError(
      {
        code: 'cli/env-file',
        message: `.env cannot be read: ${message}.`,
        places: [{ file }],
        fix: 'make it a file that you may read, or remove it.',
      },
      { cause: error },
    );
  }
}
