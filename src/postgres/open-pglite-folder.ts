import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { ProblemError } from '../report/problem.ts';
import { loadPgliteExtensions, type NeededExtension } from './pglite-extensions.ts';
import { takeFolder } from './take-folder.ts';

export interface PgliteFolder {
  readonly client: PGlite;
  close(): Promise<void>;
}

interface OpenOptions {
  /** Whether to create the database if it is missing. Default: true. */
  readonly create?: boolean;
  /** Extensions that the database will need, in addition to those that it already has. */
  readonly extensions?: readonly NeededExtension[];
}

/** Opens an embedded Postgres in a folder, and locks the folder for this process. */
export async function openPgliteFolder(
  folder: string,
  { create = true, extensions = [] }: OpenOptions = {},
): Promise<PgliteFolder> {
  const Pglite = await importPglite();
  refuseForeignFolder(folder);
  if (!create && !existsSync(folder)) throw noDatabase(folder);
  // Fails before a database is created.
  await loadPgliteExtensions(extensions);
  const unlock = takeFolder(folder);
  try {
    const client = await openWithExtensions(Pglite, folder, extensions);
    return {
      client,
      async close() {
        try {
          await client.close();
        } finally {
          unlock();
        }
      },
    };
  } catch (error) {
    unlock();
    throw error instanceof ProblemError ? error : cannotOpen(folder, error);
  }
}

/** A PGlite loads extensions only when it starts, and the folder does not have their files. */
async function openWithExtensions(
  Pglite: typeof PGlite,
  folder: string,
  needed: readonly NeededExtension[],
): Promise<PGlite> {
  const extensions = await loadPgliteExtensions(needed);
  const client = await Pglite.create(folder, { extensions });
  const missing = (await createdExtensions(client)).filter((name) => !(name in extensions));
  if (missing.length === 0) return client;
  await client.close();
  const created = missing.map((name) => ({ name, place: { file: folder } }));
  return Pglite.create(folder, {
    extensions: { ...extensions, ...(await loadPgliteExtensions(created)) },
  });
}

async function createdExtensions(client: PGlite): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select extname as name from pg_extension where extname <> 'plpgsql' order by oid",
  );
  return rows.map(({ name }) => name);
}

async function importPglite(): Promise<typeof PGlite> {
  try {
    return (await import('@electric-sql/pglite')).PGlite;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) {
      throw error;
    }
    throw new ProblemError(
      {
        code: 'database/no-pglite',
        message: 'no database URL is set, and PGlite, the embedded Postgres, is not installed.',
        fix: 'npm install @electric-sql/pglite, or set DATABASE_URL.',
      },
      { cause: error },
    );
  }
}

/** PGlite would write its files into a folder with other files. */
function refuseForeignFolder(folder: string): void {
  if (!existsSync(folder)) return;
  const isFolder = statSync(folder).isDirectory();
  if (isFolder && (existsSync(join(folder, 'PG_VERSION')) || readdirSync(folder).length === 0)) {
    return;
  }
  throw new ProblemError({
    code: 'database/not-a-data-folder',
    message: isFolder
      ? 'the folder contains other files, or a database whose creation was interrupted.'
      : 'the path of the embedded database is a file, not a folder.',
    places: [{ file: folder }],
    fix: 'use another folder (--data DIR), or remove this one if you do not need its content.',
  });
}

const noDatabase = (folder: string): ProblemError =>
  new ProblemError({
    code: 'database/no-database',
    message: 'the embedded database does not exist.',
    places: [{ file: folder }],
    fix: 'create it with `garden migrate`, or choose another with --data DIR or DATABASE_URL. A running `garden dev` has its own.',
  });

/** PGlite's error for any problem with the files is `Aborted()` or even shorter. */
function cannotOpen(folder: string, error: unknown): ProblemError {
  const said = error instanceof Error && error.message ? error.message : String(error);
  const version = join(folder, 'PG_VERSION');
  const madeBy = existsSync(version)
    ? ` Its files are of Postgres ${readFileSync(version, 'utf8').trim()}.`
    : '';
  return new ProblemError(
    {
      code: 'database/data-folder',
      message: `the embedded database cannot be opened: ${said.trim().replace(/\.?$/, '.')}${madeBy}`,
      places: [{ file: folder }],
      fix: "check that you have write permission there and that the disk is not full. If the files are damaged, or their Postgres version is not PGlite's, remove the folder: migrate creates it again.",
    },
    { cause: error },
  );
}
