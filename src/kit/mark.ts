import { Column, is, type ColumnBuilderBase, type SQL, type Table, type View } from 'drizzle-orm';
import type { RememberedRetention } from './remembered-retention.ts';
import type { RememberedAccess } from './access/remembered-access.ts';
import type { RowSearch } from '../model/row-search.ts';
import type { RoleRules } from '../model/role-rules.ts';
import type { Rollup } from '../model/rollup.ts';
import type { PlainDefault } from '../model/column.ts';
import type { ColumnConstraint } from '../model/constraint.ts';

/** Data that the kit attaches to a column, check or table and that Drizzle has no field for. */
interface Marks {
  serverOnly: true;
  encrypted: { readonly boundAs?: string };
  touched: true;
  plainDefault: PlainDefault;
  constraint: ColumnConstraint;
  access: RememberedAccess;
  included: readonly Column[];
  appendOnly: true;
  searches: readonly RowSearch[];
  partition: { readonly column: Column; readonly every: 'month' | 'day' };
  roleRules: readonly RoleRules[];
  rollup: Rollup;
  /** The roles that may read a view. */
  readers: readonly string[];
  retentions: readonly RememberedRetention[];
}

// A registered symbol, so that two copies of this package in one program agree.
const MARKS: unique symbol = Symbol.for('@techgarden/schema');

type Marked = { [MARKS]?: Partial<Marks> };

function mark<Kind extends keyof Marks>(on: object, kind: Kind, value: Marks[Kind]): void {
  const marked = on as Marked;
  marked[MARKS] = { ...marked[MARKS], [kind]: value };
}

/** Marks are in the builder's `config`, which Drizzle passes to the column that it builds. */
export function markBuilder<Builder extends ColumnBuilderBase, Kind extends keyof Marks>(
  builder: Builder,
  kind: Kind,
  value: Marks[Kind],
): Builder {
  mark((builder as unknown as { config: object }).config, kind, value);
  return builder;
}

/** Marks are on the SQL object, which the check keeps. */
export function markCheck<Kind extends keyof Marks>(sql: SQL, kind: Kind, value: Marks[Kind]): SQL {
  mark(sql, kind, value);
  return sql;
}

/** Marks are on the table itself. */
export function markTable<Kind extends keyof Marks>(
  table: Table,
  kind: Kind,
  value: Marks[Kind],
): void {
  mark(table, kind, value);
}

/** Marks are on the view itself. */
export function markReaders(view: View, roles: readonly string[]): void {
  mark(view, 'readers', roles);
}

/** The roles from {@link markReaders}. */
export const readersOf = (view: View): readonly string[] | undefined =>
  (view as Marked)[MARKS]?.readers;

/** Marks are on the builder's `config`, which the index copies. */
export function markIndex(config: object, included: readonly Column[]): void {
  mark(config, 'included', included);
}

/** The columns that `including()` adds to an index, from the index's `config`. */
export const includedIn = (config: object): readonly Column[] =>
  (config as Marked)[MARKS]?.included ?? [];

/** Reads a mark from {@link markBuilder}, {@link markCheck} or {@link markTable}. */
export function markOf<Kind extends keyof Marks>(
  on: Column | SQL | Table,
  kind: Kind,
): Marks[Kind] | undefined {
  const holder = is(on, Column) ? (on as unknown as { config: object }).config : on;
  return (holder as Marked)[MARKS]?.[kind];
}
