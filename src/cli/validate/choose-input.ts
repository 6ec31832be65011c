import { resolve } from 'node:path';
import { folderOf } from '../../command/choose-database.ts';
import type { CommandContext } from '../../command/command.ts';
import { parseDatabaseUrl, type DatabaseUrl } from '../../postgres/database-url.ts';
import { ProblemError } from '../../report/problem.ts';

/** What `garden validate` judges. */
export type ValidateInput =
  | { readonly kind: 'project' }
  | { readonly kind: 'sql'; readonly paths: readonly string[] }
  | { readonly kind: 'database'; readonly url: DatabaseUrl }
  | { readonly kind: 'folder'; readonly folder: string }
  /** Without a path: the migrations of the project. */
  | {
      readonly kind: 'migrations';
      readonly path: string | undefined;
      readonly after: string | undefined;
    };

/**
 * Only one input is judged at a time. The project's own database is used only if the user names it.
 */
export function chooseInput({
  io,
  text,
  flag,
  allArguments: paths,
}: Pick<CommandContext, 'io' | 'text' | 'flag' | 'allArguments'>): ValidateInput {
  const url = text('database-url');
  const data = text('data');
  const named = [
    ...(url === undefined ? [] : ['--database-url']),
    ...(data === undefined ? [] : ['--data']),
    ...(flag('migrations') ? ['--migrations'] : []),
    ...(paths.length > 0 && !flag('migrations') ? ['SQL files'] : []),
  ];
  if (named.length > 1) throw twoInputs(named);
  if (url !== undefined) {
    return { kind: 'database', url: parseDatabaseUrl(url, '--database-url') };
  }
  if (data !== undefined) return { kind: 'folder', folder: folderOf(io.cwd, data) };
  if (flag('migrations')) {
    if (paths.length > 1) throw twoInputs(paths);
    const [path] = paths;
    return {
      kind: 'migrations',
      path: path === undefined ? undefined : resolve(io.cwd, path),
      after: text('after'),
    };
  }
  const [rule] = paths;
  if (rule !== undefined && /^\w+\/[\w-]+$/.test(rule) && rule.startsWith('lint/')) {
    throw needsRules(rule);
  }
  return paths.length > 0 ? { kind: 'sql', paths } : { kind: 'project' };
}

const twoInputs = (named: readonly string[]): ProblemError =>
  new ProblemError({
    code: 'cli/two-inputs',
    message: `garden validate checks one input at a time, but got ${named.join(' and ')}.`,
    fix: 'run it once for each of them.',
  });

const needsRules = (rule: string): ProblemError =>
  new ProblemError({
    code: 'cli/unexpected-argument',
    message: `garden validate only accepts the argument ${JSON.stringify(rule)} together with --rules.`,
    fix: `write garden validate --rules ${rule}, or omit the argument.`,
  });
