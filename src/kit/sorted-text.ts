import { entityKind, type ColumnBaseConfig } from 'drizzle-orm';
import {
  PgText,
  PgTextBuilder,
  type AnyPgTable,
  type PgTextBuilderInitial,
} from 'drizzle-orm/pg-core';

/** Text whose order is that of its UTF-8 bytes, in Postgres as in Zero. */
export type SortedText<
  Name extends string,
  Values extends [string, ...string[]] = [string, ...string[]],
> = PgTextBuilderInitial<Name, Values>;

type TextConfig = ColumnBaseConfig<'string', 'PgText'>;

// Drizzle has no word for a collation. The two classes change the SQL type and
// nothing else: to drizzle-zod, queries and inferred types the column is `text`.
class SortedTextColumn extends PgText<TextConfig> {
  static override readonly [entityKind]: string = 'SortedText';

  override getSQLType(): string {
    return 'text COLLATE "C"';
  }
}

class SortedTextBuilder extends PgTextBuilder<TextConfig> {
  static override readonly [entityKind]: string = 'SortedTextBuilder';

  // Drizzle's own `build` is marked internal, so the types do not know that this overrides it.
  build(table: AnyPgTable): SortedTextColumn {
    return new SortedTextColumn(table as never, this.config as never);
  }
}

/**
 * `text COLLATE "C"`: for every text column that is sorted or searched by prefix.
 * Zero compares bytes; a column in the database's own collation would give
 * another order on the server than on the client.
 *
 * @example
 * const labels = pgTable('labels', { id: id(), name: sortedText('name').notNull() });
 */
export function sortedText<Name extends string>(name: Name): SortedText<Name> {
  return builder<SortedText<Name>>(name);
}

/**
 * A column that holds one word of a list. Put `oneOf(t.column)` beside it: the
 * CHECK, the TypeScript union and the validator come from this one list, in
 * this order.
 *
 * @example
 * const jobs = pgTable(
 *   'jobs',
 *   { id: id(), state: enumeration('state', ['open', 'done']).notNull() },
 *   (t) => [oneOf(t.state)],
 * );
 */
export function enumeration<
  Name extends string,
  const Values extends readonly [string, ...string[]],
>(name: Name, values: Values): SortedText<Name, [...Values]> {
  return builder<SortedText<Name, [...Values]>>(name, [...values]);
}

/** The cast stands at Drizzle's border: its builder types carry what the class cannot. */
function builder<Builder>(name: string, values?: [...string[]]): Builder {
  return new SortedTextBuilder(name, { enum: values }) as unknown as Builder;
}
