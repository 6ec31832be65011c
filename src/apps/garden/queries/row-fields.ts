import { sql, type SQL } from 'drizzle-orm';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import type { Preparable } from '../../../queries/prepared-query.ts';

/** How a column of a result becomes a value. */
export const text = (name: string): SQL<string> => sql<string>`${sql.identifier(name)}`;
export const textOrNull = (name: string): SQL<string | null> =>
  sql<string | null>`${sql.identifier(name)}`;
export const number = (name: string): SQL<number> => text(name).mapWith(Number);
export const moment = (name: string): SQL<Date> => text(name).mapWith(toDate);
export const momentOrNull = (name: string): SQL<Date | null> =>
  text(name).mapWith(toDate) as SQL<Date | null>;
export const json = <Value>(name: string, map: (value: never) => Value): SQL<Value> =>
  text(name).mapWith((value: unknown) => map(value as never));

export const toDate = (value: string): Date => new Date(value);

/** Rows of a statement written in SQL, with their fields. */
export function selectRows<Row>(
  db: AnyDatabase,
  fields: { readonly [Key in keyof Row]: SQL<Row[Key]> },
  statement: SQL,
): Preparable<Row> {
  // Drizzle works the row type out of the fields, one wrapper at a time; it is the one they say.
  return db.select({ ...fields }).from(sql`(${statement}) as "row"`) as unknown as Preparable<Row>;
}

/** A value of a query. It is sent as text, and each place says what it is. */
export const value = (
  name: string,
  type: 'text' | 'uuid' | 'uuid[]' | 'int' | 'timestamptz',
): SQL => sql`(${sql.placeholder(name)}::text)::${sql.raw(type)}`;

/** A constant as a value: postgres.js prepares no statement that has none, and plans it each time. */
export const sent = (constant: string): SQL => sql`${constant}::text`;

/** How many rows a page has. In the text of the statements, so that Postgres plans for it. */
export const PAGE = 50;
export const pageSize: SQL = sql.raw(String(PAGE));

/** Before every id, to begin a list that ascends. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';
/** After every id, to begin a list that descends. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** A list of ids as one value. */
export const idList = (ids: readonly string[]): string => `{${ids.join()}}`;
