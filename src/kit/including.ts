import { is, SQL, type Column } from 'drizzle-orm';
import type { AnyIndexBuilder, IndexBuilder } from 'drizzle-orm/pg-core';
import { quoteName } from '../model/quote-sql.ts';
import { markIndex } from './mark.ts';
import type { IndexColumn } from './index-on.ts';
import { refuseIncluded } from './refuse-included.ts';

/** The parts of an index builder that Drizzle's types hide. */
interface IndexConfig {
  readonly columns: readonly unknown[];
  readonly method?: string;
  with?: Readonly<Record<string, unknown>>;
}

/**
 * A covering index: the further columns are stored in the index, but are not part of its
 * key. A query that reads only indexed columns does not visit the table. Call it last, after
 * `.where(…)`.
 *
 * drizzle-kit does not support INCLUDE. It writes the columns as a storage parameter, so
 * that it notices changes; `garden generate` turns the parameter into INCLUDE. A migration of
 * `drizzle-kit generate` alone fails with `unrecognized parameter "include"`.
 *
 * @example
 * const requests = pgTable(
 *   'requests',
 *   { id: id(), at: instant('at').notNull(), status: integer('status').notNull() },
 *   (t) => [including(indexOn(t.at), t.status)],
 * );
 */
export function including(
  index: IndexBuilder,
  ...columns: readonly [IndexColumn, ...IndexColumn[]]
): AnyIndexBuilder {
  const { config } = index as unknown as { readonly config: IndexConfig };
  const included = columns as unknown as readonly Column[];
  const keys = config.columns.filter((one) => !is(one, SQL)) as readonly Column[];
  const builder = index as unknown as { build: AnyIndexBuilder['build'] };
  const { build } = builder;
  // Only now is the table known.
  builder.build = (table) => {
    refuseIncluded(table, { included, keys, method: config.method ?? 'btree' });
    return build.call(index, table);
  };
  config.with = {
    ...config.with,
    include: included.map(({ name }) => quoteName(name)).join(','),
  };
  markIndex(config, included);
  return index;
}
