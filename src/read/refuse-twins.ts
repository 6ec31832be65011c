import type { PgTable } from 'drizzle-orm/pg-core';
import type { Column, Table } from '../model/table.ts';
import type { Finding } from '../problem.ts';
import { compare, type ExportedValue } from './exported-values.ts';
import { qualifiedName } from './read-views.ts';
import { showPlace } from './show-place.ts';

export interface ReadTable extends ExportedValue<PgTable> {
  readonly table: Table;
}

/**
 * Sorts the tables by qualified name. Of two different ones with one name in SQL the
 * first stays; two that are exported by one name both stay, as do two columns of one
 * name. Each is an error.
 */
export function refuseTwins(read: readonly ReadTable[]): {
  readonly kept: readonly ReadTable[];
  readonly findings: readonly Finding[];
} {
  const findings: Finding[] = [];
  const byName = new Map<string, ReadTable>();
  const byExport = new Map<string, ReadTable>();
  for (const one of read) {
    const { table } = one;
    const name = qualifiedName(table);
    findings.push(...columnTwins(one));
    const twin = byName.get(name);
    if (twin) {
      findings.push({
        severity: 'error',
        code: 'schema/table-twice',
        message: `two different tables are called ${name} in SQL.`,
        at: [twin, one].map((each) => showPlace(each.table.at, each.exportName)),
        fix: 'rename one of them, or define it once and export it from there.',
      });
      continue;
    }
    byName.set(name, one);
    const namesake = byExport.get(table.exportName);
    if (namesake) {
      findings.push({
        severity: 'error',
        code: 'schema/export-twice',
        message: `two tables are exported as ${table.exportName}: ${qualifiedName(namesake.table)} and ${name}.`,
        at: [namesake, one].map((each) => showPlace(each.table.at, qualifiedName(each.table))),
        fix: 'export one of them by another name: what is generated calls tables by these names.',
      });
    } else byExport.set(table.exportName, one);
  }
  const kept = [...byName].sort(([a], [b]) => compare(a, b)).map(([, one]) => one);
  return { kept, findings };
}

/** A name that is written out may be the one that the casing makes of another column's. */
function columnTwins({ table }: ReadTable): readonly Finding[] {
  const byName = new Map<string, Column>();
  return table.columns.flatMap((column): readonly Finding[] => {
    const twin = byName.get(column.name);
    byName.set(column.name, column);
    if (!twin) return [];
    return [
      {
        severity: 'error',
        code: 'schema/column-twice',
        message: `two columns of ${table.exportName} are called ${column.name} in SQL.`,
        at: [twin, column].map(({ at, key }) => showPlace(at, `${table.exportName}.${key}`)),
        fix: 'rename one of them.',
      },
    ];
  });
}
