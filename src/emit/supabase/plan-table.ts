import { aboutColumn } from '../../model/about.ts';
import type { Column } from '../../model/column.ts';
import type { Enum } from '../../model/enum.ts';
import type { Table } from '../../model/table.ts';
import type { Finding } from '../../report/problem.ts';
import { byName } from './compare-names.ts';
import type { Field, RelationPlan, SupabaseForm } from './database-plan.ts';
import { typeText, withNull } from './type-text.ts';

export interface TableContext {
  /** The enums by their ids. */
  readonly enums: ReadonlyMap<string, Enum>;
  readonly form: SupabaseForm;
  readonly findings: Finding[];
}

/** The rows of a table; relationships are planned for all tables together. */
export function planTable(
  table: Table,
  context: TableContext,
): Required<Omit<RelationPlan, 'relationships'>> {
  const columns = byName(shownColumns(table, context.form));
  const fields = columns.map((column) => {
    const { text, unknown } = typeText(column.type, context.enums);
    if (unknown !== undefined) context.findings.push(unknownType(table, column, unknown));
    const isNullable = isNullableIn(table, column);
    return { column, isNullable, type: withNull(text, isNullable) };
  });
  const written = (isInsert: boolean): readonly Field[] =>
    fields.map(({ column, isNullable, type }) => {
      const { name } = column;
      if (column.generated !== undefined) return { name, type: 'never', optional: true };
      return { name, type, optional: !isInsert || isNullable || hasDefault(column) };
    });
  return {
    name: table.name,
    row: fields.map(({ column: { name }, type }) => ({ name, type, optional: false })),
    insert: written(true),
    update: written(false),
  };
}

const shownColumns = ({ columns }: Table, form: SupabaseForm): readonly Column[] =>
  form === 'exact' ? columns : columns.filter(({ serverOnly }) => !serverOnly);

const isNullableIn = ({ primaryKey }: Table, { name, notNull, identity }: Column): boolean =>
  !notNull && identity === undefined && primaryKey?.columns.includes(name) !== true;

/** Drizzle's own defaults do not exist in the database. Postgres does not store DEFAULT NULL. */
const hasDefault = ({ default: filledBy, defaultSql }: Column): boolean =>
  filledBy === 'database' && !/^\(?null\)?(?:::.*)?$/i.test(defaultSql ?? '');

const unknownType = (table: Table, column: Column, sql: string): Finding => ({
  severity: 'warning',
  code: 'supabase/unknown-type',
  ...aboutColumn(table, column),
  message: `the definitions do not declare the SQL type ${sql}, so its values are typed as unknown.`,
  fix: 'use a built-in type or a pgEnum, or narrow the value where you read it.',
});
