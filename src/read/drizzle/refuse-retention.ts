import { aboutTable } from '../../model/about.ts';
import type { Column } from '../../model/column.ts';
import type { Retention } from '../../model/retention.ts';
import type { Table } from '../../model/table.ts';
import type { Finding } from '../../report/problem.ts';

/** Refuses retentions by columns of a wrong type, and limits that are not unique for an owner. */
export function refuseRetention(tables: readonly Table[]): readonly Finding[] {
  return tables.flatMap((table) =>
    (table.retentions ?? []).flatMap((retention) =>
      faultsOf(table, retention, tables).map(([message, fix]): Finding => ({
        severity: 'error',
        code: 'schema/retention',
        message: `the retention of ${table.exportName} is invalid: ${message}.`,
        ...aboutTable(table),
        fix,
      })),
    ),
  );
}

type Fault = readonly [message: string, fix: string];

function faultsOf(
  table: Table,
  { column, perOwner }: Retention,
  tables: readonly Table[],
): readonly Fault[] {
  const faults: Fault[] = [];
  const kindOf = (of: Table | undefined, name: string): string | undefined =>
    of?.columns.find((one: Column) => one.name === name)?.type.kind;
  const time = kindOf(table, column);
  if (time !== 'timestamp' && time !== 'date') {
    faults.push([
      `${column} is not a time`,
      'use a timestamp or date column, such as createdAt().',
    ]);
  }
  if (perOwner === undefined) return faults;
  const { table: id, key, days, enabled, owner } = perOwner;
  const limits = tables.find((one) => one.id === id);
  if (limits === undefined) {
    return [...faults, [`the table ${id} of its limits is not in the schema`, 'export the table.']];
  }
  const isUnique = [limits.primaryKey, ...limits.uniques].some(
    (one) => one?.columns.length === 1 && one.columns[0] === key,
  );
  if (!isUnique) {
    faults.push([
      `${id}.${key} is not unique, so an owner could have several limits`,
      'use the primary key of the other table, or add uniqueOn() to it.',
    ]);
  }
  if (kindOf(limits, days) !== 'integer') {
    faults.push([`${id}.${days} is not an integer`, 'use an integer column for the days.']);
  }
  if (enabled !== undefined && kindOf(limits, enabled) !== 'boolean') {
    faults.push([`${id}.${enabled} is not a boolean`, 'use a boolean column for the switch.']);
  }
  if (kindOf(table, owner) === undefined) {
    faults.push([`${owner} is not a column of the table`, 'name a column of this table as owner.']);
  }
  return faults;
}
