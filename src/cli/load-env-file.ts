import { join } from 'node:path';
import process from 'node:process';
import { ProblemError } from '../report/problem.ts';

/**
 * Loads the .env file of a folder into this process's environment, if it exists, by Node's
 * rules: variables that are already set take precedence.
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
        fix: 'make it a readable file, or remove it.',
      },
      { cause: error },
    );
  }
}
