import { constants, existsSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ProblemError } from '../../src/report/problem.ts';

/**
 * Reads the existing report, or an empty one. Also called before measuring, so that an unwritable
 * report fails immediately instead of after an hour.
 */
export async function readReport(file: string): Promise<string> {
  try {
    await access(dirname(resolve(file)), constants.W_OK);
    return existsSync(file) ? await readFile(file, 'utf8') : '';
  } catch (cause) {
    throw new ProblemError(
      {
        code: 'bench/no-report',
        message: `the report ${file} cannot be written.`,
        fix: 'name a file in an existing, writable folder.',
      },
      { cause },
    );
  }
}
