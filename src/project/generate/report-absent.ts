import { aboutColumn, aboutTable } from '../../model/about.ts';
import type { Column } from '../../model/column.ts';
import type { ColumnType } from '../../model/column-type.ts';
import { quoteName } from '../../model/quote-sql.ts';
import type { Schema } from '../../model/schema.ts';
import { qualifiedName, splitTableId } from '../../model/table-id.ts';
import type { Finding } from '../../report/problem.ts';

/**
 * Warns about types and tables that the statements use and no schema file exports: drizzle-kit
 * creates exported ones only. They may exist in the database, so this is not an error.
 */
export function reportAbsent(
  { tables, enums }: Schema,
  statements: readonly string[],
): readonly Finding[] {
  const exported = new Set(enums.map((one) => qualifiedName(one)));
  const ids = new Set(tables.map(({ id }) => id));
  return tables.flatMap((table): readonly Finding[] => [
    ...table.columns.flatMap((column): readonly Finding[] => {
      const type = elementOf(column.type);
      if (type.kind !== 'enum' || exported.has(qualifiedName(type))) return [];
      const named = (text: string): boolean =>
        text.includes(`"${table.name}"`) && text.includes(`"${type.name}"`);
      if (!statements.some(named)) return [];
      return [
        {
          severity: 'warning',
          code: 'schema/enum-not-exported',
          message: `no migration creates the type ${qualifiedName(type)}: its enum is not exported.`,
          ...aboutColumn(table, column),
          fix: `export the pgEnum('${type.name}', …), unless the database already has the type.`,
        },
      ];
    }),
    ...table.foreignKeys.flatMap(({ columns, references }): readonly Finding[] => {
      const target = splitTableId(references.table);
      const text = `REFERENCES ${quoteName(target.schema, target.name)}`;
      // Tables in other schemas, such as auth.users, usually belong to other software.
      if (ids.has(references.table) || target.schema !== 'public') return [];
      if (!statements.some((statement) => statement.includes(text))) return [];
      const column: Column | undefined = table.columns.find(({ name }) => name === columns[0]);
      return [
        {
          severity: 'warning',
          code: 'schema/target-not-exported',
          message: `no migration creates the table ${qualifiedName(target)}, which a foreign key of ${table.exportName} refers to: it is not exported.`,
          ...(column ? aboutColumn(table, column) : aboutTable(table)),
          fix: `export ${target.name} from a schema file, unless the database already has the table.`,
        },
      ];
    }),
  ]);
}

const elementOf = (type: ColumnType): ColumnType =>
  type.kind === 'array' ? elementOf(type.of) : type;
