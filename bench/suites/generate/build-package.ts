import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type { Context } from '../../frame/suite.ts';

/** Builds the package, so that both generators run as installed JavaScript. */
export async function buildPackage({ root, signal, progress }: Context): Promise<void> {
  progress('build the package');
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    signal,
  });
}
