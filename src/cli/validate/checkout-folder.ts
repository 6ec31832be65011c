import { sep } from 'node:path';
import type { Io } from '../../command/io.ts';
import type { OutputFormat } from './output-format.ts';

/**
 * The folder that paths are relative to. GitHub resolves paths from the root of the checkout, even
 * if the command runs in a package of a monorepo.
 */
export function checkoutFolder(
  format: OutputFormat,
  { cwd, env }: Pick<Io, 'cwd' | 'env'>,
): string {
  const { GITHUB_WORKSPACE: root } = env;
  const isForGithub = format === 'github' || format === 'sarif';
  return isForGithub && root !== undefined && cwd.startsWith(`${root}${sep}`) ? root : cwd;
}
