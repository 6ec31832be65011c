import type { Column } from '../../model/column.ts';
import type { ColumnType } from '../../model/column-type.ts';
import { quoteName } from '../../model/quote-sql.ts';
import type { Rule, TableRules } from '../../model/rule.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import { columnDefault } from './column-default.ts';

export interface CodeExample {
  readonly language: 'sql' | 'ts';
  readonly lines: readonly string[];
}

/** How to insert, read, update and delete a row, in SQL and for Supabase with its client too. */
export function printExamples(
  table: Table,
  { rules, supabase }: { readonly rules: TableRules | undefined; readonly supabase: boolean },
): readonly CodeExample[] {
  const use = useOf(table, rules);
  const sql: CodeExample = { language: 'sql', lines: sqlExamples(table, use) };
  const examples = supabase
    ? [{ language: 'ts', lines: clientExamples(table, use) } as const, sql]
    : [sql];
  return examples.filter(({ lines }) => lines.length > 0);
}

/** Operations on a row that the rules allow to at least one principal. */
interface Use {
  readonly reads: boolean;
  readonly inserts: boolean;
  readonly deletes: boolean;
  /** A column that an update may change. */
  readonly changed: Column | undefined;
  readonly key: string | undefined;
}

function useOf(table: Table, rules: TableRules | undefined): Use {
  const allows = (...needed: readonly (Rule | undefined)[]): boolean =>
    needed.every((rule) => rule?.op !== 'nobody');
  const isOpen = ({ name, serverOnly }: Column): boolean =>
    !serverOnly && rules?.immutable.includes(name) !== true;
  const changeable = required(table).filter(isOpen);
  return {
    reads: allows(rules?.read),
    inserts: allows(rules?.insert),
    deletes: allows(rules?.delete),
    changed: allows(rules?.update.from, rules?.update.to)
      ? (changeable.find(({ type }) => type.kind === 'text') ?? changeable[0])
      : undefined,
    key: table.primaryKey?.columns[0],
  };
}

/** The columns that an insert must have. */
const required = (table: Table): readonly Column[] =>
  table.columns.filter(
    (column) =>
      column.notNull &&
      column.generated === undefined &&
      column.default === undefined &&
      columnDefault(table, column) === undefined,
  );

function sqlExamples(
  table: Table,
  { reads, inserts, deletes, changed, key }: Use,
): readonly string[] {
  const name = quoteName(schemaOf(table), table.name);
  const columns = required(table);
  const where = key === undefined ? '' : ` where ${quoteName(key)} = $1`;
  const values = columns.map((_, at) => `$${at + 1}`).join(', ');
  const insert =
    columns.length === 0
      ? `insert into ${name} default values;`
      : `insert into ${name} (${listOf(columns)}) values (${values});`;
  return [
    ...(inserts ? [insert] : []),
    ...(reads ? [`select ${listOf(shown(table))} from ${name} limit 20;`] : []),
    ...(changed && key ? [`update ${name} set ${quoteName(changed.name)} = $2${where};`] : []),
    ...(deletes && key ? [`delete from ${name}${where};`] : []),
  ];
}

const listOf = (columns: readonly Column[]): string =>
  columns.map(({ name }) => quoteName(name)).join(', ');

/** Enough columns for an example. */
const shown = ({ columns }: Table): readonly Column[] =>
  columns.filter(({ serverOnly }) => !serverOnly).slice(0, 4);

function clientExamples(
  table: Table,
  { reads, inserts, deletes, changed, key }: Use,
): readonly string[] {
  const schema = table.schema === undefined ? '' : `.schema('${table.schema}')`;
  const from = `supabase${schema}.from('${table.name}')`;
  const row = required(table).map(({ name, type }) => `${name}: ${sampleOf(type)}`);
  const columns = shown(table).map(({ name }) => name);
  return [
    ...(inserts ? [`await ${from}.insert({ ${row.join(', ')} });`] : []),
    ...(reads ? [`const { data } = await ${from}.select('${columns.join(', ')}').limit(20);`] : []),
    ...(changed && key
      ? [
          `await ${from}.update({ ${changed.name}: ${sampleOf(changed.type)} }).eq('${key}', ${key});`,
        ]
      : []),
    ...(deletes && key ? [`await ${from}.delete().eq('${key}', ${key});`] : []),
  ];
}

function sampleOf(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
    case 'varchar':
    case 'char':
    case 'enum':
      return `'${type.values?.[0] ?? '…'}'`;
    case 'integer':
    case 'float':
    case 'numeric':
      return '1';
    case 'boolean':
      return 'true';
    case 'array':
      return '[]';
    case 'json':
      return '{}';
    case 'timestamp':
    case 'date':
      return 'new Date().toISOString()';
    default:
      return "'…'";
  }
}
