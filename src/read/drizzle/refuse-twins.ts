import type { PgTable } from 'drizzle-orm/pg-core';
import { aboutColumn, aboutTable } from '../../model/about.ts';
import { qualifiedName } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import { placed } from '../../report/placed.ts';
import type { Finding } from '../../report/problem.ts';
import { compareText } from '../../model/compare-text.ts';
import { type ExportedValue } from './exported-values.ts';
import type { TableRead } from './read-table.ts';

export interface ReadTable extends ExportedValue<PgTable>, TableRead {}

/**
 * Sorts the tables by qualified name, and reports duplicate names as errors. Of two different
 * tables with one SQL name, the first is kept. Two tables with the same export name are both kept.
 * Of two columns with one name in a table, neither is kept.
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
    const twins = columnTwins(table);
    findings.push(...twins.findings);
    const twin = byName.get(name);
    if (twin) {
      findings.push({
        severity: 'error',
        code: 'schema/table-twice',
        message: `two different tables have the SQL name ${name}.`,
        object: name,
        places: [twin, one].flatMap((each) => aboutTable(each.table).places),
        fix: 'rename one of them, or define it once and export it from there.',
      });
      continue;
    }
    byName.set(name, { ...one, table: { ...table, columns: twins.columns } });
    const namesake = byExport.get(table.exportName);
    if (namesake) {
      findings.push({
        severity: 'error',
        code: 'schema/export-twice',
        message: `two tables are exported as ${table.exportName}: ${qualifiedName(namesake.table)} and ${name}.`,
        object: table.exportName,
        places: [namesake, one].flatMap((each) => placed(qualifiedName(each.table), each.table.at)),
        fix: 'export one of them under another name: the generated files use these names.',
      });
    } else byExport.set(table.exportName, one);
  }
  const kept = [...byName].sort(([a], [b]) => compareText(a, b)).map(([, one]) => one);
  return { kept, findings };
}

/** An explicit name may equal the name that the casing derives for another column. */
function columnTwins(table: Table): Pick<Table, 'columns'> & { readonly findings: Finding[] } {
  const named = [...Map.groupBy(table.columns, ({ name }) => name).values()];
  const twins = named.filter(({ length }) => length > 1);
  return {
    columns: table.columns.filter((column) => !twins.some((twin) => twin.includes(column))),
    findings: twins.map((columns) => ({
      severity: 'error',
      code: 'schema/column-twice',
      message: `${columns.length === 2 ? 'two' : columns.length} columns of ${table.exportName} have the SQL name ${columns[0]?.name}.`,
      object: qualifiedName(table, columns[0]?.name ?? ''),
      places: columns.flatMap((column) => aboutColumn(table, column).places),
      fix: 'rename all but one of them.',
    })),
  };
}
