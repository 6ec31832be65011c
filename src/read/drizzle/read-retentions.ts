import { getTableName } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { markOf } from '../../kit/mark.ts';
import { schemaNameOf } from '../../kit/object-of.ts';
import type { OwnerLimitInput } from '../../kit/remembered-retention.ts';
import type { OwnerLimit, Retention } from '../../model/retention.ts';
import { tableId } from '../../model/table-id.ts';
import type { DrizzleNames } from './drizzle-names.ts';

/** The retentions of a table, with the names of the columns in SQL. */
export function readRetentions(table: PgTable, names: DrizzleNames): readonly Retention[] {
  return (markOf(table, 'retentions') ?? []).map(({ column, age, archive, perOwner }) => ({
    column: names.column(column as PgColumn),
    age,
    ...(archive && { archive }),
    ...(perOwner && { perOwner: readLimit(perOwner, names) }),
  }));
}

function readLimit(
  { owner, key, days, enabled }: OwnerLimitInput,
  names: DrizzleNames,
): OwnerLimit {
  const name = (column: OwnerLimitInput['owner']): string => names.column(column);
  return {
    owner: name(owner),
    table: tableId(schemaNameOf(key.table), getTableName(key.table)),
    key: name(key),
    days: name(days),
    ...(enabled && { enabled: name(enabled) }),
  };
}
