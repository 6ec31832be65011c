import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { expect } from 'vitest';
import { PROMPTCRAFT_ROLE } from '../../src/apps/promptcraft/role.ts';
import { promptcraftMigrations } from '../../src/apps/promptcraft/migrations-folder.ts';
import { insertCatalog } from '../../src/apps/promptcraft/seed/insert-catalog.ts';
import type { AnyDatabase } from '../../src/postgres/any-database.ts';
import { rowsOf } from '../../src/postgres/rows-of.ts';
import { asPrincipal } from '../../src/server.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';

export const userId = (number: number): string =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
export const [ADA, BEN, EVE] = [userId(1), userId(2), userId(3)];
export const rowNumber = (number: number): string =>
  `00000000-0000-4000-a000-${number.toString(16).padStart(12, '0')}`;

type Row = Record<string, unknown>;

/** A migrated database with the catalog, whose user rows can be emptied. */
export interface AppDatabase extends AsyncDisposable {
  readonly database: TestDatabase<Record<string, never>>;
  readonly db: AnyDatabase;
  /** Runs as a user, or as someone who is not signed in. */
  as<T>(
    sub: string | undefined,
    run: (tx: AnyDatabase) => Promise<T>,
    roles?: readonly string[],
  ): Promise<T>;
  /** Rows of a query as a user. */
  rowsAs(
    sub: string | undefined,
    query: string,
    roles?: readonly string[],
  ): Promise<readonly Row[]>;
  /** Rows of a query as the server. */
  rows(query: string): Promise<readonly Row[]>;
  /** Empties the tables of users, and inserts Ada, Ben and Eve. */
  reset(): Promise<void>;
}

export async function openAppDatabase(): Promise<AppDatabase> {
  const database = await testDatabase({ folder: promptcraftMigrations });
  const db: AnyDatabase = drizzle(database.client);
  await insertCatalog(db);
  const as: AppDatabase['as'] = (sub, run, roles) =>
    asPrincipal(
      db,
      {
        role: PROMPTCRAFT_ROLE,
        claims: { ...(sub !== undefined && { sub }), ...(roles && { roles }) },
      },
      run,
    );
  return {
    database,
    db,
    as,
    rowsAs: (sub, query, roles) => as(sub, (tx) => rowsOf<Row>(tx, sql.raw(query)), roles),
    rows: (query) => rowsOf<Row>(db, sql.raw(query)),
    async reset() {
      await database.client.exec(`truncate users, feedback, security_events cascade;
insert into users values ('${ADA}', 'Ada', now(), now()), ('${BEN}', 'Ben', now(), now()), ('${EVE}', 'Eve', now(), now())`);
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

/** The error of Postgres behind Drizzle's. */
export const refused = (message: RegExp): object => ({
  cause: expect.objectContaining({ message: expect.stringMatching(message) }) as unknown,
});
