import type { PgColumn } from 'drizzle-orm/pg-core';
import type { ColumnType } from '../../model/column-type.ts';
import type { TsType } from '../../model/ts-type.ts';
import { builderType } from './source/builder-type.ts';
import type { Entry } from './source/follow.ts';
import type { Sources } from './source/sources.ts';
import { typeText } from './source/type-text.ts';

/** The type that `$type<T>()` gives a column; `undefined` if the column's own type is complete. */
export function readTsType({
  sources,
  column,
  type,
  entry,
  plain,
}: {
  readonly sources: Sources;
  readonly column: PgColumn;
  readonly type: ColumnType;
  readonly entry: Entry | undefined;
  /** The source of the column is in a package without `$type`. */
  readonly plain: boolean;
}): TsType | undefined {
  const said = entry
    ? builderType(sources, entry.ref)
    : ({ kind: plain ? 'none' : 'unknown' } as const);
  if (said.kind === 'type') return typeText(sources, said.type, said.arrays);
  if (said.kind === 'several') return { kind: 'inferred' };
  // The column's type is a type parameter of the function that created it, so it cannot be
  // derived from SQL.
  if (column.columnType === 'PgCustomColumn') return { kind: 'inferred' };
  return said.kind === 'unknown' && mayBeNarrowed(type) ? { kind: 'inferred' } : undefined;
}

/** Types that are often narrowed with `$type`; booleans and timestamps rarely are. */
function mayBeNarrowed(type: ColumnType): boolean {
  switch (type.kind) {
    case 'json':
    case 'integer':
    case 'float':
    case 'numeric':
    case 'uuid':
      return true;
    case 'text':
    case 'varchar':
    case 'char':
      return type.values === undefined;
    case 'array':
      return mayBeNarrowed(type.of);
    default:
      return false;
  }
}
