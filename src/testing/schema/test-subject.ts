import type { Extensions } from '@electric-sql/pglite';
import { migrate } from '../../migrations/index.ts';
import type { AnyDatabase } from '../../postgres/any-database.ts';
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
  /** The folder of the migrations. */
  readonly migrations?: string;
  /** The address of a Postgres, in the place of a PGlite; missing migrations are applied to it. */
  readonly database?: string;
  /** PGlite extensions that the migrations create. */
  readonly extensions?: Extensions;
}

/** Opens the database that a schema is tested on. */
export async function openTestSubject(options: SubjectOptions): Promise<TestSubject> {
  const { migrations, database, extensions = {} } = options;
  if (database !== undefined) return openPostgres(database, migrations);
  if (migrations === undefined) {
    throw new ProblemError({
      code: 'testing/no-database',
      message: 'testSchema() has no database to try the schema on.',
      fix: "name the folder of the migrations: { migrations: './migrations' }, or an address: { database: 'postgres://…' }.",
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
  // Transactions are begun by hand, so there must be no second connection.
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
    throw error;
  }
}

/** Policies would hide rows from the trials, and access is compared with triggers out of the way. */
async function refuseWeakRole(client: PostgresClient): Promise<void> {
  const { rows } = await client.query<{ role: string; strong: boolean }>(
    'select rolname as role, rolsuper as strong from pg_roles where rolname = current_user',
  );
  const [own] = rows;
  if (own?.strong) return;
  throw new ProblemError({
    code: 'testing/not-superuser',
    message: `testSchema() is connected as ${own?.role ?? 'nobody'}, which is no superuser: row-level security would hide rows from it.`,
    fix: 'connect to a database for tests as a superuser.',
  });
}
