import type { Extensions } from '@electric-sql/pglite';
import { migrate, parseDatabaseUrl } from '../../migrations/index.ts';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { connectionFailure } from '../../postgres/connection-failure.ts';
import { ProblemError } from '../../report/problem.ts';
import type { PostgresClient } from '../access/postgres-world.ts';
import { testDatabase } from '../test-database.ts';

/** A migrated database on one connection. */
export interface TestSubject {
  readonly client: PostgresClient;
  /** Drizzle on the same connection. */
  readonly db: AnyDatabase;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface SubjectOptions {
  /** The migrations folder. */
  readonly migrations?: string;
  /** URL of a Postgres to use instead of PGlite. Pending migrations are applied to it. */
  readonly database?: string;
  /** PGlite extensions of your own; see `testDatabase()`. */
  readonly extensions?: Extensions;
}

/** Opens the database for the tests. */
export async function openTestSubject(options: SubjectOptions): Promise<TestSubject> {
  const { migrations, database, extensions = {} } = options;
  if (database !== undefined) return openPostgres(database, migrations);
  if (migrations === undefined) {
    throw new ProblemError({
      code: 'testing/no-database',
      message: 'testSchema() has no database to test the schema on.',
      fix: "pass the migrations folder: { migrations: './migrations' }, or a database URL: { database: 'postgres://…' }.",
    });
  }
  const test = await testDatabase({ folder: migrations, extensions });
  const { drizzle } = await import('drizzle-orm/pglite');
  return {
    client: test.client,
    db: drizzle(test.client),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

async function openPostgres(
  database: string,
  migrations: string | undefined,
): Promise<TestSubject> {
  if (migrations !== undefined) await migrate(database, { folder: migrations });
  const [{ default: postgres }, { drizzle: overPostgres }] = await Promise.all([
    import('postgres'),
    import('drizzle-orm/postgres-js'),
  ]);
  // Transactions are managed by hand, so there must be only one connection.
  const { place } = parseDatabaseUrl(database);
  const sql = postgres(database, { max: 1, max_lifetime: null, onnotice: () => {} });
  const client: PostgresClient = {
    exec: (text) => sql.unsafe(text).simple(),
    query: async <Row>(text: string, parameters: unknown[] = []) => ({
      rows: (await sql.unsafe(text, parameters as never[])) as unknown as Row[],
    }),
  };
  const subject: TestSubject = {
    client,
    db: overPostgres(sql),
    [Symbol.asyncDispose]: () => sql.end(),
  };
  try {
    await refuseWeakRole(client);
    return subject;
  } catch (error) {
    await sql.end();
    throw connectionFailure(error, place);
  }
}

/** Policies would hide rows from the trials, and the comparison of access disables triggers. */
async function refuseWeakRole(client: PostgresClient): Promise<void> {
  const { rows } = await client.query<{ role: string; strong: boolean }>(
    'select rolname as role, rolsuper as strong from pg_roles where rolname = current_user',
  );
  const [own] = rows;
  if (own?.strong) return;
  throw new ProblemError({
    code: 'testing/not-superuser',
    message: `testSchema() is connected as ${own?.role ?? 'nobody'}, which is not a superuser, so row-level security would hide rows.`,
    fix: 'connect to a test database as a superuser.',
  });
}
