import type { Schema } from '../../model/schema.ts';
import { schemaOf, tableId } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { Finding } from '../../report/problem.ts';
import { byName } from './compare-names.ts';
import type { DatabasePlan, Relationship, SupabaseForm } from './database-plan.ts';
import {
  planRelationships,
  sortRelationships,
  type KeyedRelationship,
} from './plan-relationships.ts';
import { planTable, shownColumns } from './plan-table.ts';

export interface DatabaseOptions {
  /** `exact` is what Supabase generates; `client` omits server-only columns. */
  readonly form: SupabaseForm;
}

/** Plans Supabase's `Database` type for a schema. */
export function planDatabase(schema: Schema, { form }: DatabaseOptions): DatabasePlan {
  const findings: Finding[] = [];
  const enums = new Map(schema.enums.map((one) => [tableId(one.schema, one.name), one]));
  const relationships = schema.tables
    .flatMap(planRelationships)
    .filter(form === 'exact' ? () => true : isShown(schema.tables));
  const relationshipsOf = (id: string): readonly Relationship[] =>
    sortRelationships(relationships.filter(({ from }) => from === id)).map(
      ({ from: _, to: __, ...relationship }) => relationship,
    );
  const context = { enums, form, findings };
  const tables = schema.tables.map((table) => ({
    schema: schemaOf(table),
    ...planTable(table, context),
    relationships: relationshipsOf(table.id),
  }));
  const schemaNames = new Set(['public', ...[...schema.tables, ...schema.enums].map(schemaOf)]);
  const within = <T extends { readonly schema?: string; readonly name: string }>(
    items: readonly T[],
    name: string,
  ): readonly T[] => byName(items.filter((item) => schemaOf(item) === name));
  return {
    schemas: byName([...schemaNames].map((name) => ({ name }))).map(({ name }) => ({
      name,
      tables: within(tables, name),
      views: [],
      functions: [],
      enums: within(schema.enums, name),
    })),
    findings,
  };
}

/** Whether a client sees the columns on both sides. */
function isShown(tables: readonly Table[]): (relationship: KeyedRelationship) => boolean {
  const shown = new Map(
    tables.map((table) => [
      table.id,
      new Set(shownColumns(table, 'client').map(({ name }) => name)),
    ]),
  );
  return ({ from, to, columns, referencedColumns }) =>
    columns.every((name) => shown.get(from)?.has(name)) &&
    referencedColumns.every((name) => shown.get(to)?.has(name));
}
