// A namespace import, so that a Drizzle without normalizeRelation loads and can be refused
// with a reason.
import * as drizzle from 'drizzle-orm';
import { is, One, type Column, type Table } from 'drizzle-orm';
import type { Relation } from '../../model/schema.ts';
import type { RelationGraph, RelationNode } from './relation-graph.ts';
import type { WrittenRelation } from './written-relations.ts';

/** The meaning of a relation, or the reason why it has none. */
export type Meaning =
  | { readonly kind: 'settled'; readonly relation: Relation }
  | {
      readonly kind: 'wrong';
      readonly because: Reason;
      /** The relations that Drizzle considers as its inverse. */
      readonly sides: readonly WrittenRelation[];
    }
  /** Its inverse is invalid. */
  | { readonly kind: 'follows'; readonly side: WrittenRelation };

export type Reason =
  | 'broken'
  | 'not-exported'
  | 'ambiguous'
  | 'wrong-pair'
  | 'no-key'
  | 'arity'
  | 'elsewhere';

/**
 * Lets Drizzle resolve a relation, and checks what Drizzle does not check: that the inverse
 * refers back to this table, and that its columns belong to the two tables.
 */
export function normaliseRelation(
  graph: RelationGraph,
  from: RelationNode,
  written: WrittenRelation,
): Meaning {
  const { made } = written;
  if (made.kind === 'broken') return wrong('broken');
  const to = graph.nodeOf(made.relation.referencedTable);
  if (!to) return wrong('not-exported');
  const own = is(made.relation, One) && made.relation.config !== undefined;
  const sides = own ? [] : otherSides(written, to);
  const broken = sides.find((side) => side.made.kind === 'broken');
  if (broken) return { kind: 'follows', side: broken };
  let found: ReturnType<typeof drizzle.normalizeRelation>;
  try {
    found = drizzle.normalizeRelation(graph.config, graph.tableNames, made.relation);
  } catch {
    return wrong(sides.length > 1 ? 'ambiguous' : 'no-key', sides);
  }
  const [side] = sides;
  const back = side && targetOf(side);
  if (back && graph.nodeOf(back) !== from) return wrong('wrong-pair', sides);
  const { fields, references } = found;
  const key = { fields: keysOf(fields, from, graph), references: keysOf(references, to, graph) };
  if (fields.length === 0 || fields.length !== references.length) {
    return side ? { kind: 'follows', side } : wrong('arity');
  }
  if (!key.fields || !key.references) return side ? { kind: 'follows', side } : wrong('elsewhere');
  return {
    kind: 'settled',
    relation: {
      name: written.name,
      cardinality: is(made.relation, One) ? 'one' : 'many',
      from: from.exportName,
      to: to.exportName,
      fields: key.fields,
      references: key.references,
      ...(written.at && { at: written.at }),
    },
  };
}

const wrong = (because: Reason, sides: readonly WrittenRelation[] = []): Meaning => ({
  kind: 'wrong',
  because,
  sides,
});

/** The relations of the target table that Drizzle treats as its inverse. */
function otherSides(written: WrittenRelation, to: RelationNode): readonly WrittenRelation[] {
  const name = pairName(written);
  return [...to.relations.values()].filter((side) =>
    name ? side !== written && pairName(side) === name : targetOf(side) === written.source,
  );
}

function targetOf({ made }: WrittenRelation): Table | undefined {
  return made.kind === 'broken' ? made.target : made.relation.referencedTable;
}

function pairName({ made }: WrittenRelation): string | undefined {
  return made.kind === 'broken' ? made.relationName : made.relation.relationName;
}

/** The columns' names in TypeScript; `undefined` if one belongs to another table. */
function keysOf(
  columns: readonly Column[],
  { id, keys }: RelationNode,
  graph: RelationGraph,
): readonly string[] | undefined {
  const found = columns.map((column) =>
    graph.nodeOf(column.table)?.id === id ? keys.get(column.name) : undefined,
  );
  return found.every((key) => key !== undefined) ? found : undefined;
}
