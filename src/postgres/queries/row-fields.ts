import { sql, type SQL } from 'drizzle-orm';
import type { AnyDatabase } from '../any-database.ts';
import type { Preparable } from './prepared-query.ts';

/** Field mappings from result columns to values. */
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

/** Rows of an SQL statement with the given fields. */
export function selectRows<Row>(
  db: AnyDatabase,
  fields: { readonly [Key in keyof Row]: SQL<Row[Key]> },
  statement: SQL,
): Preparable<Row> {
  // Drizzle derives the row type through several wrappers. It equals the type of `fields`.
  return db.select({ ...fields }).from(sql`(${statement}) as "row"`) as unknown as Preparable<Row>;
}

/** A query parameter. It is sent as text and cast at each use. */
export const value = (
  name: string,
  type: 'text' | 'uuid' | 'uuid[]' | 'int' | 'timestamptz',
): SQL => sql`(${sql.placeholder(name)}::text)::${sql.raw(type)}`;

/**
 * A constant sent as a parameter. postgres.js does not prepare statements without parameters, and
 * plans them each time.
 */
export const sent = (constant: string): SQL => sql`${constant}::text`;

/** A list of ids as one parameter. */
export const idList = (ids: readonly string[]): string => `{${ids.join()}}`;
