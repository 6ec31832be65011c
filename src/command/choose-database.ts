import { resolve } from 'node:path';
import { parseDatabaseUrl } from '../postgres/database-url.ts';
import { ProblemError } from '../report/problem.ts';
import type { CommandContext, Option } from './command.ts';

/** The options of every command that works on a database. */
export const databaseOptions: readonly Option[] = [
  {
    name: 'database-url',
    value: 'URL',
    help: 'the Postgres to use; the variable keeps a password out of the shell history',
    defaultText: '$DATABASE_URL',
  },
  {
    name: 'data',
    value: 'DIR',
    help: 'an embedded Postgres (PGlite) in this folder, whatever DATABASE_URL says',
    defaultText: '.garden/pglite, where there is no URL',
  },
];

export type DatabaseChoice =
  | { readonly kind: 'url'; readonly url: string; readonly place: string }
  /** `chosen` is false where the folder is only what was left. */
  | { readonly kind: 'folder'; readonly folder: string; readonly chosen: boolean };

/** The database that a project's config names. */
export type ConfiguredDatabase =
  | { readonly kind: 'url'; readonly url: string; readonly source: string }
  | { readonly kind: 'folder'; readonly folder: string };

/**
 * Decides which database a command means. What is written on the command line comes first,
 * then what the project's own config says.
 */
export function chooseDatabase(
  { io, text }: Pick<CommandContext, 'io' | 'text'>,
  configured?: ConfiguredDatabase,
): DatabaseChoice {
  const url = text('database-url');
  const data = text('data');
  if (url !== undefined && data !== undefined) {
    throw new ProblemError({
      code: 'cli/two-databases',
      message: '--database-url and --data name a database each.',
      fix: 'give one of them.',
    });
  }
  if (url !== undefined) return fromUrl(url, '--database-url');
  if (data !== undefined) return { kind: 'folder', folder: folderOf(io.cwd, data), chosen: true };
  if (configured?.kind === 'url') return fromUrl(configured.url, configured.source);
  if (configured) return { ...configured, chosen: true };
  const variable = io.env['DATABASE_URL'];
  // Set but empty is a broken deployment, not a wish for another database.
  if (variable !== undefined) return fromUrl(variable, 'DATABASE_URL');
  if (io.env['NODE_ENV'] === 'production') {
    throw new ProblemError({
      code: 'database/no-url',
      message:
        'DATABASE_URL is not set, and NODE_ENV is production: an embedded database is surely not meant.',
      fix: 'set DATABASE_URL, or name the embedded one with --data DIR.',
    });
  }
  return { kind: 'folder', folder: folderOf(io.cwd, '.garden/pglite'), chosen: false };
}

function fromUrl(text: string, source: string): DatabaseChoice {
  return { kind: 'url', url: text, place: parseDatabaseUrl(text, source).place };
}

/** The folder that `--data` names. */
export function folderOf(cwd: string, data: string): string {
  if (data.trim() !== '') return resolve(cwd, data);
  throw new ProblemError({
    code: 'cli/missing-value',
    message: '--data is empty.',
    fix: 'give a folder, for example --data .garden/pglite.',
  });
}
