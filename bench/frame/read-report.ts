import { constants, existsSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ProblemError } from '../../src/report/problem.ts';

/**
 * The report so far, empty when there is none yet. Called before anything is measured
 * as well: that a report cannot be written should not come out after an hour.
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
        fix: 'name a file in a folder that exists.',
      },
      { cause },
    );
  }
}
