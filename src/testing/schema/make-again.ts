import { quoteName, quoteText } from '../../model/quote-sql.ts';
import type { Schema } from '../../model/schema.ts';
import type { TableIndex } from '../../model/table-index.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { PostgresClient } from '../access/postgres-world.ts';
import { tableSql } from './row-sql.ts';

/** An object whose SQL Postgres refuses. */
export interface Unmade {
  readonly object: string;
  readonly message: string;
}

/** A statement, and the object that it creates. */
export interface Making {
  readonly object: string;
  readonly sql: string;
}

/** The name of a recreated view. */
export const recreatedViewName = (name: string): string => truncatedName(`derived view ${name}`);

/** The name of a recreated index, with its number among the table's indexes with SQL. */
export const recreatedIndexName = (table: Table, at: number): string =>
  truncatedName(`derived index ${at} ${table.name}`);

/** Postgres truncates longer names. */
const truncatedName = (name: string): string => name.slice(0, 60);

/** Statements that recreate the SQL of tables and policies. */
export function tableMakings(schema: Schema, found: Schema): readonly Making[] {
  const tables = schema.tables.filter(({ id }) => found.tables.some((table) => table.id === id));
  return [
    ...tables.flatMap(copyStatements),
    ...tables.flatMap(tableStatements),
    ...schema.policies.flatMap((policy) => policyStatement(schema, policy)),
  ];
}

/** Statements that recreate views. They need the original tables, because a copy has no keys. */
export function viewMakings(schema: Schema, found: Schema): readonly Making[] {
  return schema.views.flatMap((view) =>
    view.sql === undefined || !found.views.some(({ id }) => id === view.id)
      ? []
      : [
          {
            object: `view ${view.id}`,
            sql: `create view ${quoteName(schemaOf(view), recreatedViewName(view.name))} as ${view.sql}`,
          },
        ],
  );
}

/** The copy has only the types and NOT NULL of the table. */
function copyStatements(table: Table): readonly Making[] {
  const { id: object } = table;
  const kept = quoteName(truncatedName(`derived table ${table.name}`));
  const from = `${quoteName(schemaOf(table))}.${kept}`;
  return [
    { object, sql: `alter table ${tableSql(table)} rename to ${kept}` },
    { object, sql: `create table ${tableSql(table)} (like ${from})` },
  ];
}

function tableStatements(table: Table): readonly Making[] {
  const on = tableSql(table);
  const generated = table.columns.filter(({ generatedSql }) => generatedSql !== undefined);
  const defaults = table.columns.filter(({ defaultSql }) => defaultSql !== undefined);
  return [
    ...generated.map(({ name, generatedSql, generated: kind }) => ({
      object: `${table.id}.${name}`,
      sql: regenerate(on, name, `generated always as (${generatedSql}) ${kind}`),
    })),
    ...defaults.map(({ name, defaultSql }) => ({
      object: `${table.id}.${name}`,
      sql: `alter table ${on} alter column ${quoteName(name)} set default ${defaultSql}`,
    })),
    ...table.checks.map(({ name, sql }) => ({
      object: `${table.id}.${name}`,
      sql: `alter table ${on} add constraint ${quoteName(name)} check (${sql})`,
    })),
    ...table.indexes.filter(hasSql).map((index, at) => ({
      object: `${table.id}.${index.name}`,
      sql: `create index ${quoteName(recreatedIndexName(table, at))} on ${on} ${indexSql(index)}`,
    })),
  ];
}

/** Recreates a column with the same type and a new expression. */
const regenerate = (on: string, name: string, as: string): string => `do $derived$
declare
  type text;
begin
  select format_type(atttypid, atttypmod) into type from pg_attribute
    where attrelid = ${quoteText(on)}::regclass and attname = ${quoteText(name)};
  execute format('alter table %s drop column %s', $sql$${on}$sql$, $sql$${quoteName(name)}$sql$);
  execute format('alter table %s add column %s %s %s', $sql$${on}$sql$, $sql$${quoteName(name)}$sql$, type, $sql$${as}$sql$);
end
$derived$`;

/** Whether an index has a condition or an expression. */
export const hasSql = ({ where, columns }: TableIndex): boolean =>
  where !== undefined || columns.some((column) => 'expression' in column);

function indexSql({ method, columns, where }: TableIndex): string {
  const list = columns.map((column) => {
    const what = 'column' in column ? quoteName(column.column) : column.expression;
    return column.opclass === undefined ? what : `${what} ${column.opclass}`;
  });
  return `using ${method} (${list.join(', ')})${where === undefined ? '' : ` where ${where}`}`;
}

function policyStatement(
  { tables }: Schema,
  { table, name, using, withCheck, command }: Schema['policies'][number],
): readonly Making[] {
  const on = tables.find(({ id }) => id === table);
  if (!on) return [];
  const clauses = [
    ...(using === undefined ? [] : [`using (${using})`]),
    ...(withCheck === undefined ? [] : [`with check (${withCheck})`]),
  ];
  return [
    {
      object: `policy ${table}.${name}`,
      sql: `create policy ${quoteName(name)} on ${tableSql(on)} for ${command} ${clauses.join(' ')}`,
    },
  ];
}

/** Runs each statement, and continues after failures. */
export async function runEach(
  client: PostgresClient,
  statements: readonly Making[],
): Promise<readonly Unmade[]> {
  await client.exec(MAKE);
  const { rows } = await client.query<{ errors: string }>(
    'select pg_temp.make($1::text::jsonb)::text as errors',
    [JSON.stringify(statements.map(({ sql }) => sql))],
  );
  const errors = JSON.parse(rows[0]?.errors ?? '[]') as readonly (string | null)[];
  return errors.flatMap((message, at) =>
    message === null ? [] : [{ object: statements[at]?.object ?? '', message }],
  );
}

const MAKE = `create or replace function pg_temp.make(statements jsonb) returns jsonb language plpgsql as $$
declare
  statement text;
  errors jsonb := '[]';
begin
  for statement in select value from jsonb_array_elements_text(statements) loop
    begin
      execute statement;
      errors := errors || 'null'::jsonb;
    exception when others then
      errors := errors || to_jsonb(sqlerrm);
    end;
  end loop;
  return errors;
end
$$`;
