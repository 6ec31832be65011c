import { aboutColumn, aboutTable } from '../../model/about.ts';
import type { ColumnType } from '../../model/column-type.ts';
import { qualifiedName } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { Finding } from '../../report/problem.ts';

/**
 * Postgres creates a type for each table, with the table's name: an enum cannot have the
 * same name.
 */
export function refuseEnumNames(tables: readonly Table[]): readonly Finding[] {
  const named = new Map(tables.map((table) => [qualifiedName(table), table]));
  const reported = new Set<Table>();
  return tables.flatMap((owner) =>
    owner.columns.flatMap((column): readonly Finding[] => {
      const type = elementOf(column.type);
      const table = type.kind === 'enum' ? named.get(qualifiedName(type)) : undefined;
      if (table === undefined || reported.has(table)) return [];
      reported.add(table);
      const name = qualifiedName(table);
      return [
        {
          severity: 'error',
          code: 'schema/enum-named-like-table',
          message: `the enum ${name} has the same name as a table: Postgres creates a type with the name of each table.`,
          object: name,
          places: [...aboutTable(table).places, ...aboutColumn(owner, column).places],
          fix: 'rename one of them in SQL.',
        },
      ];
    }),
  );
}

const elementOf = (type: ColumnType): ColumnType =>
  type.kind === 'array' ? elementOf(type.of) : type;
