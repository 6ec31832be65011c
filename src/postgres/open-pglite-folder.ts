import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { ProblemError } from '../report/problem.ts';
import { takeFolder } from './take-folder.ts';

export interface PgliteFolder {
  readonly client: PGlite;
  close(): Promise<void>;
}

/**
 * Opens an embedded Postgres in a folder, for this process alone. It is made where
 * it is missing, unless the command has no use for a new one.
 */
export async function openPgliteFolder(
  folder: string,
  { create = true }: { readonly create?: boolean } = {},
): Promise<PgliteFolder> {
  const Pglite = await importPglite();
  refuseForeignFolder(folder);
  if (!create && !existsSync(folder)) throw noDatabase(folder);
  const unlock = takeFolder(folder);
  try {
    const client = await Pglite.create(folder);
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
    throw cannotOpen(folder, error);
  }
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
        message:
          'without a database URL an embedded Postgres is used, and PGlite is not installed.',
        fix: 'npm install @electric-sql/pglite, or set DATABASE_URL.',
      },
      { cause: error },
    );
  }
}

/** PGlite would put its files among whatever is there. */
function refuseForeignFolder(folder: string): void {
  if (!existsSync(folder)) return;
  const isFolder = statSync(folder).isDirectory();
  if (isFolder && (existsSync(join(folder, 'PG_VERSION')) || readdirSync(folder).length === 0)) {
    return;
  }
  throw new ProblemError({
    code: 'database/not-a-data-folder',
    message: isFolder
      ? 'the folder holds other files, or a database whose making was cut short.'
      : 'a file stands where the folder of the embedded database should be.',
    places: [{ file: folder }],
    fix: 'give another folder (--data DIR), or remove this one if nothing in it is needed.',
  });
}

const noDatabase = (folder: string): ProblemError =>
  new ProblemError({
    code: 'database/no-database',
    message: 'there is no embedded database.',
    places: [{ file: folder }],
    fix: 'make it with `garden migrate`, or name another with --data DIR or DATABASE_URL.',
  });

/** PGlite ends with `Aborted()` or less, whatever is wrong with the files. */
function cannotOpen(folder: string, error: unknown): ProblemError {
  const said = error instanceof Error && error.message ? error.message : String(error);
  const version = join(folder, 'PG_VERSION');
  const made = existsSync(version)
    ? ` Its files are of Postgres ${readFileSync(version, 'utf8').trim()}.`
    : '';
  return new ProblemError(
    {
      code: 'database/data-folder',
      message: `the embedded database cannot be opened: ${said.trim().replace(/\.?$/, '.')}${made}`,
      places: [{ file: folder }],
      fix: 'check that you may write there and that the disk is not full. If the files are damaged, or of another Postgres version than PGlite, remove the folder: migrate makes it anew.',
    },
    { cause: error },
  );
}
