import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportEnding } from '../../src/emit/zero/import-book.ts';
import { writeNameCases } from './name-cases.ts';

/** Compiles the name cases with one TypeScript version, and returns its errors. */
export async function compileNameCases(typescript: string, ending: ImportEnding): Promise<string> {
  const tsc = join(typescript, 'bin/tsc');
  if (!existsSync(tsc)) throw new Error(`There is no ${tsc}: run npm ci in bench/.`);
  const folder = await writeNameCases(ending);
  try {
    return await new Promise((resolve) => {
      execFile(process.execPath, [tsc, '--project', folder], (error, stdout, stderr) => {
        resolve(error === null ? '' : stdout + stderr + String(error));
      });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
