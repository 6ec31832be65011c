import { sql, type SQL } from 'drizzle-orm';
import type { AnyDatabase } from '../any-database.ts';
import { afterName, afterRow } from './after-row.ts';
import { orderFingerprint, readCursor, writeCursor } from './page-cursor.ts';
import { orderBy, orderColumns, type PageOrder } from './page-order.ts';
import { preparedQuery, type Preparable, type PreparedQuery } from './prepared-query.ts';

/** A page of rows. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Cursor of the next page; absent on the last page. */
  readonly next?: string;
}

/** A Drizzle query without an order and a limit, which the pages add. */
interface Pageable<Row> extends Preparable<Row> {
  orderBy(...columns: SQL[]): Pageable<Row>;
  limit(size: number): Pageable<Row>;
  offset(rows: ReturnType<typeof sql.placeholder>): Pageable<Row>;
}

export interface PagedDefinition<Values extends Record<string, unknown>, Row> {
  readonly name: string;
  /** One line, for `garden explain`. */
  readonly summary: string;
  /** Rows of a page. */
  readonly size: number;
  /**
   * The order, by the names of the columns in a row. Its columns include a primary key or a
   * unique constraint. An index with the same columns and directions serves every page.
   */
  readonly order: Readonly<Partial<Record<keyof Row & string, PageOrder>>>;
  /** The query. `after` is part of its WHERE: `and(eq(t.owner, …), after)`. */
  build(db: AnyDatabase, after: SQL | undefined): unknown;
  example?(db: AnyDatabase): Promise<Values | undefined>;
}

/** Pages of a query, each with a statement that is prepared once. */
export interface PagedQuery<Values extends Record<string, unknown>, Row> {
  /** The first page, or the page after a cursor. */
  (db: AnyDatabase, values: Values, cursor?: string): Promise<Page<Row>>;
  /** The statement of the first page, for `garden explain`. */
  readonly first: PreparedQuery<Values, Row>;
  /** The statement of later pages; its values `after_0`, … are those of the row before. */
  readonly next: PreparedQuery<Values & Record<string, unknown>, Row>;
  /** The same pages by OFFSET, which reads all rows before the page. */
  readonly byOffset: PreparedQuery<Values & { readonly offset: number }, Row>;
}

/**
 * Defines a query whose result is read in pages. The cursor holds the order columns of the
 * last row, so rows that are inserted or deleted meanwhile neither repeat nor skip others,
 * and each page costs the same.
 *
 * @example
 * const allTags = pagedQuery<{}, { id: string; name: string }>({
 *   name: 'all-tags',
 *   summary: 'all tags by name',
 *   size: 50,
 *   order: { name: { column: tags.name }, id: { column: tags.id } },
 *   build: (db, after) => db.select({ id: tags.id, name: tags.name }).from(tags).where(after),
 * });
 * const { rows, next } = await allTags(db, {});
 */
export function pagedQuery<Values extends Record<string, unknown>, Row extends object>({
  name,
  summary,
  size,
  order: written,
  build,
  example,
}: PagedDefinition<Values, Row>): PagedQuery<Values, Row> {
  const keys = Object.keys(written) as (keyof Row & string)[];
  const order = orderColumns(name, Object.values(written) as readonly PageOrder[]);
  const fingerprint = orderFingerprint(name, order);
  // One more row tells whether there is a next page.
  const ordered = (db: AnyDatabase, after: SQL | undefined): Pageable<Row> =>
    (build(db, after) as Pageable<Row>).orderBy(...orderBy(order)).limit(size + 1);
  const about = { summary, ...(example && { example }) };
  const first = preparedQuery<Values, Row>({
    name,
    ...about,
    build: (db) => ordered(db, undefined),
  });
  const later = new Map<string, PreparedQuery<Values & Record<string, unknown>, Row>>();
  /** The text depends on which values are NULL. */
  const after = (
    nulls: readonly boolean[],
  ): PreparedQuery<Values & Record<string, unknown>, Row> => {
    const pattern = nulls.map(Number).join('');
    const suffix = pattern.includes('1') ? `-next-${pattern}` : '-next';
    const found =
      later.get(pattern) ??
      preparedQuery<Values & Record<string, unknown>, Row>({
        name: name + suffix,
        summary: `${summary}, a later page`,
        build: (db) => ordered(db, afterRow(order, nulls)),
      });
    later.set(pattern, found);
    return found;
  };
  const page = async (db: AnyDatabase, values: Values, cursor?: string): Promise<Page<Row>> => {
    const found =
      cursor === undefined
        ? await first(db, values)
        : await following(db, values, readCursor(cursor, fingerprint, order));
    const last = found.length > size ? found[size - 1] : undefined;
    return {
      rows: found.slice(0, size),
      ...(last && {
        next: writeCursor(
          fingerprint,
          keys.map((key) => last[key]),
        ),
      }),
    };
  };
  const following = (
    db: AnyDatabase,
    values: Values,
    row: readonly unknown[],
  ): Promise<readonly Row[]> => {
    const named = Object.fromEntries(row.map((value, at) => [afterName(at), value]));
    return after(row.map((value) => value === null))(db, { ...values, ...named });
  };
  return Object.assign(page, {
    first,
    next: after(order.map(() => false)),
    byOffset: preparedQuery<Values & { readonly offset: number }, Row>({
      name: `${name}-offset`,
      summary: `${summary}, by offset`,
      build: (db) => ordered(db, undefined).offset(sql.placeholder('offset')),
    }),
  });
}
