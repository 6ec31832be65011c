import { entityKind, type ColumnBaseConfig } from 'drizzle-orm';
import {
  PgText,
  PgTextBuilder,
  type AnyPgTable,
  type PgTextBuilderInitial,
} from 'drizzle-orm/pg-core';

/** Text that Postgres and Zero both order by its UTF-8 bytes. */
export type SortedText<
  Name extends string,
  Values extends [string, ...string[]] = [string, ...string[]],
> = PgTextBuilderInitial<Name, Values>;

type TextConfig = ColumnBaseConfig<'string', 'PgText'>;

// Drizzle does not support collations. The two classes change only the SQL type: to
// drizzle-zod, queries and inferred types the column is `text`.
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
 * Zero compares bytes. With the default collation of the database, the order on the
 * server would differ from the order on the client.
 *
 * @example
 * const labels = pgTable('labels', { id: id(), name: sortedText('name').notNull() });
 */
export function sortedText<Name extends string>(name: Name): SortedText<Name> {
  return builder<SortedText<Name>>(name);
}

/**
 * A column that holds one value of a list. Add `oneOf(t.column)` to the table: the
 * CHECK, the TypeScript union and the validator derive from this list, in this order.
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

/** The cast is needed because Drizzle's builder types carry type parameters that the class cannot. */
function builder<Builder>(name: string, values?: [...string[]]): Builder {
  return new SortedTextBuilder(name, { enum: values }) as unknown as Builder;
}
