import { sql, SQL, type SQLChunk } from 'drizzle-orm';
import { isKind } from '../postgres/is-kind.ts';
import type { AnyDatabase } from '../postgres/any-database.ts';
import { rowsOf } from '../postgres/rows-of.ts';

/** A postgres.js client. It prepares each statement once per connection. */
interface PreparingClient {
  unsafe(
    text: string,
    parameters: string[],
    options: { readonly prepare: boolean },
  ): PromiseLike<readonly Readonly<Record<string, unknown>>[]>;
}

/** A Drizzle database or transaction, or a postgres.js client. */
export type LimitDatabase = AnyDatabase | PreparingClient;

type Row = Readonly<Record<string, unknown>>;

/** Runs a statement with text parameters. Each parameter has a cast in the statement. */
export async function runStatement(
  db: LimitDatabase,
  text: string,
  parameters: readonly string[],
): Promise<readonly Row[]> {
  const client = clientOf(db);
  if (client) return client.unsafe(text, [...parameters], { prepare: true });
  return rowsOf<Row>(db as AnyDatabase, withParameters(text, parameters));
}

/** Drizzle does not prepare a statement on postgres.js, and Postgres plans it at each call. */
function clientOf(db: LimitDatabase): PreparingClient | undefined {
  if (!isKind(db, 'PgDatabase')) return db as PreparingClient;
  // The client of a transaction would be another connection.
  if (isKind(db, 'PgTransaction')) return undefined;
  const client: unknown = Reflect.get(db, '$client');
  return typeof client === 'function' && 'unsafe' in client
    ? (client as unknown as PreparingClient)
    : undefined;
}

const withParameters = (text: string, parameters: readonly string[]): SQL =>
  sql.join(
    text.split(/\$(\d+)/).map((part, at): SQLChunk => {
      if (at % 2 === 0) return sql.raw(part);
      return sql`${parameters[Number(part) - 1] ?? ''}`;
    }),
  );
