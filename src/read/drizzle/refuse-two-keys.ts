import { getTableConfig } from 'drizzle-orm/pg-core';
import { aboutColumn, aboutTable } from '../../model/about.ts';
import type { Finding } from '../../report/problem.ts';
import type { ReadTable } from './refuse-twins.ts';

/** Postgres allows one primary key per table, and Drizzle does not check that. */
export function refuseTwoKeys(tables: readonly ReadTable[]): readonly Finding[] {
  return tables.flatMap(({ value, table }): readonly Finding[] => {
    const { primaryKeys, columns } = getTableConfig(value);
    const marked = columns.filter(({ primary }) => primary).map(({ name }) => name);
    if (primaryKeys.length + marked.length <= 1) return [];
    const keys = table.columns.filter(({ name }) => marked.includes(name));
    const all = primaryKeys[0]?.columns.map(({ name }) => name) ?? marked;
    const written = table.columns.flatMap(({ name, key }) =>
      all.includes(name) ? [`t.${key}`] : [],
    );
    return [
      {
        severity: 'error',
        code: 'schema/two-keys',
        message: `the table ${table.exportName} has more than one primary key.`,
        ...aboutTable(table),
        places: [
          ...aboutTable(table).places,
          ...keys.flatMap((key) => aboutColumn(table, key).places),
        ],
        fix: `use one: primaryKey({ columns: [${written.join(', ')}] }) in the third argument, without .primaryKey() on columns.`,
      },
    ];
  });
}
