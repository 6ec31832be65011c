import type { ForeignKey } from '../../model/foreign-key.ts';
import { schemaOf, splitTableId } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import { compareNames } from './compare-names.ts';
import type { Relationship } from './database-plan.ts';

/** A relationship, with the relations on both sides. */
export interface KeyedRelationship extends Relationship {
  /** The id of the relation that has the columns. */
  readonly from: string;
  /** The id of the referenced relation. */
  readonly to: string;
}

/** The relationships of a table's foreign keys. */
export function planRelationships(table: Table): readonly KeyedRelationship[] {
  return table.foreignKeys
    .filter((key) => splitTableId(key.references.table).schema === schemaOf(table))
    .map((key) => ({
      from: table.id,
      to: key.references.table,
      foreignKeyName: key.name,
      columns: key.columns,
      isOneToOne: isOneToOne(table, key),
      referencedRelation: splitTableId(key.references.table).name,
      referencedColumns: key.references.columns,
    }));
}

/**
 * Like PostgREST, considers the primary key and unique constraints, but no unique index,
 * and compares the columns in the order of the table.
 */
function isOneToOne({ columns, primaryKey, uniques }: Table, key: ForeignKey): boolean {
  const place = (name: string): number => columns.findIndex((column) => column.name === name);
  const wanted = JSON.stringify(key.columns);
  return [...(primaryKey ? [primaryKey] : []), ...uniques].some(
    (unique) => JSON.stringify(unique.columns.toSorted((a, b) => place(a) - place(b))) === wanted,
  );
}

/** In the order of Supabase's generator; the types are tuples, so the order matters. */
export function sortRelationships(
  relationships: readonly KeyedRelationship[],
): readonly KeyedRelationship[] {
  const columns = (names: readonly string[]): string => JSON.stringify(names);
  return relationships.toSorted(
    (a, b) =>
      compareNames(a.foreignKeyName, b.foreignKeyName) ||
      compareNames(a.referencedRelation, b.referencedRelation) ||
      compareNames(columns(a.referencedColumns), columns(b.referencedColumns)) ||
      compareNames(columns(a.columns), columns(b.columns)),
  );
}
