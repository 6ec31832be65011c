import type { Relation } from '../../model/schema.ts';
import { primaryKeyOf, uniqueSetsOf } from '../../model/table-keys.ts';
import { sameSet } from './choose-key.ts';
import type { Tables } from './plan-relations.ts';

/** A path from a table through a join table to another table. */
export interface Path {
  readonly from: string;
  /** The relation from the first table to the join table. `name` is set if it was declared. */
  readonly many: Omit<Relation, 'name'> & { readonly name?: string };
  /** The relation from the join table to the target. */
  readonly one: Relation;
}

/**
 * The paths through join tables. A join table has two `one` relations whose columns
 * together are its primary key or unique, so that a pair of rows is joined at most once. A
 * path starts with a declared `many` relation to the join table; a join table with exactly
 * two relations does not need one.
 */
export function derivePaths(relations: readonly Relation[], tables: Tables): readonly Path[] {
  const ones = Map.groupBy(
    relations.filter(({ cardinality }) => cardinality === 'one'),
    ({ from }) => from,
  );
  const manies: readonly Path['many'][] = relations.filter(
    ({ cardinality }) => cardinality === 'many',
  );
  const unwritten = [...ones.values()]
    .filter(({ length }) => length === 2)
    .flatMap((pair) => pair.filter((one) => !manies.some((many) => isReverse(one, many))))
    .map(reverse);
  return [...manies, ...unwritten].flatMap((many) => {
    const own = ones.get(many.to) ?? [];
    const back = own.filter((one) => isReverse(one, many));
    return own
      .filter((one) => back.some((other) => other !== one && joins(other, one, tables)))
      .map((one): Path => ({ from: many.from, many, one }));
  });
}

function joins(one: Relation, other: Relation, tables: Tables): boolean {
  const table = tables.get(one.from)?.source;
  if (table === undefined) return false;
  const columns = [...new Set([...one.fields, ...other.fields])];
  // If one set contains the other, the constraint limits a row to one partner, and does not
  // join pairs.
  if (columns.length === one.fields.length || columns.length === other.fields.length) return false;
  return [primaryKeyOf(table), ...uniqueSetsOf(table)].some((key) => sameSet(key, columns));
}

/** The `many` relation that a `one` implies. */
export const reverse = (one: Relation): Path['many'] => ({
  cardinality: 'many',
  from: one.to,
  to: one.from,
  fields: one.references,
  references: one.fields,
});

/** Whether the `one` relation is the inverse of the `many`, by the same columns. */
function isReverse(one: Relation, many: Path['many']): boolean {
  if (one.from !== many.to || one.to !== many.from) return false;
  const pairs = (fields: readonly string[], references: readonly string[]): readonly string[] =>
    fields.map((field, index) => `${field} ${references[index] ?? ''}`);
  return sameSet(pairs(one.fields, one.references), pairs(many.references, many.fields));
}
