import { relative, resolve } from 'node:path';
import { parseDatabaseUrl } from '../postgres/database-url.ts';
import { ProblemError } from '../report/problem.ts';
import type { CommandContext, Option } from './command.ts';

/** Options of every command that uses a database. */
export const databaseOptions: readonly Option[] = [
  {
    name: 'database-url',
    value: 'URL',
    help: 'URL of the Postgres to use; prefer the variable, which keeps the password out of the shell history',
    defaultText: '$DATABASE_URL',
  },
  {
    name: 'data',
    value: 'DIR',
    help: 'use an embedded Postgres (PGlite) in this folder, and ignore DATABASE_URL',
    defaultText: '.garden/pglite, without a URL',
  },
];

export type DatabaseChoice =
  | { readonly kind: 'url'; readonly url: string; readonly place: string }
  /** `chosen` is false if the folder is only the default. */
  | { readonly kind: 'folder'; readonly folder: string; readonly chosen: boolean };

/** The database that a project's config names. */
export type ConfiguredDatabase =
  | { readonly kind: 'url'; readonly url: string; readonly source: string }
  | { readonly kind: 'folder'; readonly folder: string };

/**
 * Chooses the database of a command. The command line has priority, then the project's
 * config, then DATABASE_URL.
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
      message: '--database-url and --data cannot be combined.',
      fix: 'pass only one of them.',
    });
  }
  if (url !== undefined) return fromUrl(url, '--database-url');
  if (data !== undefined) return { kind: 'folder', folder: folderOf(io.cwd, data), chosen: true };
  if (configured?.kind === 'url') return fromUrl(configured.url, configured.source);
  if (configured) return { ...configured, chosen: true };
  const variable = io.env['DATABASE_URL'];
  // An empty variable means a broken deployment, not a request for the embedded database.
  if (variable !== undefined) return fromUrl(variable, 'DATABASE_URL');
  if (io.env['NODE_ENV'] === 'production') {
    throw new ProblemError({
      code: 'database/no-url',
      message:
        'DATABASE_URL is not set, and NODE_ENV is production: the embedded database is not used by default.',
      fix: 'set DATABASE_URL, or choose an embedded database with --data DIR.',
    });
  }
  return { kind: 'folder', folder: folderOf(io.cwd, '.garden/pglite'), chosen: false };
}

/** The address or the folder of a choice, for JSON. */
export const placeOf = (choice: DatabaseChoice, cwd: string): string =>
  choice.kind === 'url' ? choice.place : relative(cwd, choice.folder) || choice.folder;

/** A choice for output, without its password. */
export function describeChoice(choice: DatabaseChoice, cwd: string): string {
  const place = placeOf(choice, cwd);
  if (choice.kind === 'url') return place;
  return `an embedded Postgres (PGlite) in ${place}${choice.chosen ? '' : ' (no URL is set)'}`;
}

function fromUrl(text: string, source: string): DatabaseChoice {
  return { kind: 'url', url: text, place: parseDatabaseUrl(text, source).place };
}

/** Resolves the folder of `--data`. */
export function folderOf(cwd: string, data: string): string {
  if (data.trim() !== '') return resolve(cwd, data);
  throw new ProblemError({
    code: 'cli/missing-value',
    message: '--data is empty.',
    fix: 'pass a folder, for example --data .garden/pglite.',
  });
}
