import type { ForeignKey } from '../../model/foreign-key.ts';
import { splitTableId } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { View } from '../../model/view.ts';
import { compareNames } from './compare-names.ts';
import type { Relationship } from './database-plan.ts';
import type { ViewSources } from './view-sources.ts';

/** A relationship, with the relations on both sides. */
export interface KeyedRelationship {
  readonly relationship: Relationship;
  /** The id of the relation that has the columns. */
  readonly from: string;
  /** The id of the referenced relation. */
  readonly to: string;
}

/**
 * The relationships of all foreign keys, in the order of Supabase's generator: the types
 * are tuples, so the order matters. As in PostgREST, a view that selects all columns of one
 * side of a key has the relationship, too.
 */
export function planRelationships(
  tables: readonly Table[],
  views: readonly View[],
  sources: ViewSources,
): readonly KeyedRelationship[] {
  const sides = (relation: string, columns: readonly string[]): readonly Side[] => [
    { relation, columns },
    ...views.flatMap(({ id }) =>
      product(columns.map((column) => sources.selecting(id, { relation, column }))).map(
        (selected) => ({ relation: id, columns: selected }),
      ),
    ),
  ];
  return tables
    .flatMap((table) =>
      table.foreignKeys.flatMap((key) => {
        const { references } = key;
        const targets = sides(references.table, references.columns);
        return sides(table.id, key.columns).flatMap((from) =>
          targets.map((to) => keyed(from, to, key.name, isOneToOne(table, key))),
        );
      }),
    )
    .filter(({ from, to }) => splitTableId(from).schema === splitTableId(to).schema)
    .toSorted((a, b) => inOrder(a.relationship, b.relationship));
}

interface Side {
  readonly relation: string;
  readonly columns: readonly string[];
}

const keyed = (
  from: Side,
  to: Side,
  foreignKeyName: string,
  oneToOne: boolean,
): KeyedRelationship => ({
  from: from.relation,
  to: to.relation,
  relationship: {
    foreignKeyName,
    columns: from.columns,
    isOneToOne: oneToOne,
    referencedRelation: splitTableId(to.relation).name,
    referencedColumns: to.columns,
  },
});

/** Every choice of one element of each list. */
const product = (lists: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  lists.reduce<readonly (readonly string[])[]>(
    (chosen, list) => chosen.flatMap((before) => list.map((one) => [...before, one])),
    [[]],
  );

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

function inOrder(a: Relationship, b: Relationship): number {
  const text = (names: readonly string[]): string => JSON.stringify(names);
  return (
    compareNames(a.foreignKeyName, b.foreignKeyName) ||
    compareNames(a.referencedRelation, b.referencedRelation) ||
    compareNames(text(a.referencedColumns), text(b.referencedColumns)) ||
    compareNames(text(a.columns), text(b.columns))
  );
}
