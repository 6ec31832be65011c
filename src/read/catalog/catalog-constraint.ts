import type { Check, Exclusion } from '../../model/check.ts';
import type { Deferrable } from '../../model/deferrable.ts';
import type { ForeignKey } from '../../model/foreign-key.ts';
import { tableId } from '../../model/table-id.ts';
import type { Unique } from '../../model/unique.ts';
import type { ConstraintRow } from './catalog-rows.ts';

export function catalogUnique(row: ConstraintRow): Unique {
  const { name, columns, included } = row;
  return {
    name,
    columns,
    nullsNotDistinct: row.nulls_not_distinct,
    ...(included.length > 0 && { included }),
    ...deferrable(row),
  };
}

const ACTIONS = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
} as const;

export function catalogForeignKey(row: ConstraintRow): ForeignKey {
  const { name, columns, on_delete_columns: onDeleteColumns } = row;
  return {
    name,
    columns,
    references: {
      table: tableId(row.foreign_schema ?? undefined, row.foreign_table ?? ''),
      columns: row.foreign_columns,
    },
    onUpdate: ACTIONS[row.on_update],
    onDelete: ACTIONS[row.on_delete],
    ...(onDeleteColumns.length > 0 && { onDeleteColumns }),
    ...(row.match_full && { matchFull: true }),
    ...deferrable(row),
    ...strength(row),
  };
}

export function catalogCheck(row: ConstraintRow): Check {
  return { name: row.name, sql: row.expression ?? '', ...strength(row) };
}

export function catalogExclusion({ name, definition }: ConstraintRow): Exclusion {
  return { name, sql: definition ?? '' };
}

function deferrable(row: ConstraintRow): { readonly deferrable?: Deferrable } {
  if (!row.deferrable) return {};
  return { deferrable: row.deferred ? 'initially deferred' : 'initially immediate' };
}

/** A constraint that is not enforced counts as not validated too. */
function strength({ validated, enforced }: ConstraintRow): Pick<Check, 'notValid' | 'notEnforced'> {
  if (!enforced) return { notEnforced: true };
  return validated ? {} : { notValid: true };
}
