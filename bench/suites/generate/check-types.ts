import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { Context } from '../../frame/suite.ts';

export interface TypeCheck {
  readonly errors: number;
  readonly instantiations: number;
}

/**
 * Runs TypeScript 6 on files of a project and their imports, and counts the instantiations. The
 * tables are only checked if the files import them.
 */
export async function checkTypes(
  { root, signal }: Context,
  project: string,
  files: readonly string[],
): Promise<TypeCheck> {
  const config = join(project, 'tsconfig.output.json');
  await writeFile(config, JSON.stringify({ extends: './tsconfig.json', include: [], files }));
  const tsc = join(root, 'bench/node_modules/typescript/bin/tsc');
  const args = [tsc, '--project', config, '--extendedDiagnostics'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { signal, maxBuffer: 1e8 }, (error, stdout) => {
      const counted = /^Instantiations:\s+(\d+)/m.exec(stdout)?.[1];
      // tsc exits with 2 for errors in its input. If the figures are missing, tsc itself
      // failed.
      if (counted === undefined) {
        reject(error ?? new Error(stdout));
        return;
      }
      const errors = [...stdout.matchAll(/error TS\d+/g)].length;
      resolve({ errors, instantiations: Number(counted) });
    });
  });
}
