import { Column, is, type ColumnBuilderBase, type SQL, type Table } from 'drizzle-orm';
import type { RememberedAccess } from './access/remembered-access.ts';
import type { ColumnConstraint } from '../model/constraint.ts';

/** What the kit remembers about a column or a check, beyond what Drizzle has a place for. */
interface Marks {
  serverOnly: true;
  touched: true;
  constraint: ColumnConstraint;
  access: RememberedAccess;
}

// A registered symbol, so that two copies of this package in one program agree.
const MARKS: unique symbol = Symbol.for('@techgarden/schema');

type Marked = { [MARKS]?: Partial<Marks> };

function mark<Kind extends keyof Marks>(on: object, kind: Kind, value: Marks[Kind]): void {
  const marked = on as Marked;
  marked[MARKS] = { ...marked[MARKS], [kind]: value };
}

/** Drizzle hands a builder's `config` to the column that it makes: marks travel there. */
export function markBuilder<Builder extends ColumnBuilderBase, Kind extends keyof Marks>(
  builder: Builder,
  kind: Kind,
  value: Marks[Kind],
): Builder {
  mark((builder as unknown as { config: object }).config, kind, value);
  return builder;
}

/** A check keeps the SQL object that it was made of: its marks travel there. */
export function markCheck<Kind extends keyof Marks>(sql: SQL, kind: Kind, value: Marks[Kind]): SQL {
  mark(sql, kind, value);
  return sql;
}

/** A table is the same object for its definition and for whoever reads it. */
export function markTable<Kind extends keyof Marks>(
  table: Table,
  kind: Kind,
  value: Marks[Kind],
): void {
  mark(table, kind, value);
}

/** Reads what {@link markBuilder} or {@link markCheck} left. */
export function markOf<Kind extends keyof Marks>(
  on: Column | SQL | Table,
  kind: Kind,
): Marks[Kind] | undefined {
  const holder = is(on, Column) ? (on as unknown as { config: object }).config : on;
  return (holder as Marked)[MARKS]?.[kind];
}
