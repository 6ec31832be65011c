import type { ColumnCheck, RowChecks } from '../../model/column-check.ts';
import type { Column } from '../../model/column.ts';
import type { Constraint } from '../../model/constraint.ts';
import type { ColumnType } from '../../model/column-type.ts';
import type { Table } from '../../model/table.ts';
import type { AccessRules } from '../../model/rule.ts';
import { own } from './own.ts';
import type { PlannedTable } from './plan-table.ts';

/** The checks of all synced columns that Zero's own types do not cover. */
export const planChecks = (
  tables: readonly PlannedTable[],
  rules: AccessRules | undefined,
): RowChecks =>
  Object.fromEntries(
    tables.map(({ name, source, columns }) => {
      const immutable = own(rules?.tables ?? {}, source.id)?.immutable ?? [];
      const checks = source.columns.flatMap((column) => {
        if (!columns.has(column.key)) return [];
        const check = {
          ...columnCheck(source, column),
          ...(immutable.includes(column.name) && { immutable: true as const }),
        };
        return Object.keys(check).length === 0 ? [] : [[column.key, check] as const];
      });
      return [name, Object.fromEntries(checks)];
    }),
  );

function columnCheck(table: Table, { name, type }: Column): ColumnCheck | undefined {
  const checked = essential(type);
  const constraints = table.checks.flatMap(({ constraint, notEnforced }): readonly Constraint[] => {
    if (constraint === undefined || notEnforced) return [];
    const { column, ...data } = constraint;
    // The list of words is part of the type.
    return column === name && !(data.kind === 'oneOf' && 'values' in checked) ? [data] : [];
  });
  if (constraints.length === 0 && isPlain(type)) return undefined;
  return { type: checked, ...(constraints.length > 0 && { constraints }) };
}

/** The type without the properties that clients do not check. */
function essential(type: ColumnType): ColumnType {
  switch (type.kind) {
    case 'text':
      return { kind: 'text', ...(type.values !== undefined && { values: type.values }) };
    case 'char':
      // A synced value has padding, which the words of the definition lack.
      return { kind: 'char', length: type.length };
    case 'timestamp':
      return { kind: 'timestamp', withTimezone: type.withTimezone, as: type.as };
    default:
      return type;
  }
}

/** Types with the same values in Zero and in Postgres, or values that only Postgres can judge. */
const isPlain = (type: ColumnType): boolean => {
  switch (type.kind) {
    case 'text':
      return type.values === undefined;
    case 'varchar':
      return type.values === undefined && type.length === undefined;
    case 'float':
      return type.bits === 64;
    case 'boolean':
    case 'json':
    case 'array':
    case 'other':
      return true;
    default:
      return false;
  }
};
