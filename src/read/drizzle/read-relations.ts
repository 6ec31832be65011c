import { getTableName, type Relations, type Table as DrizzleTable } from 'drizzle-orm';
import type { Place } from '../../report/place.ts';
import { located, placed, type Thing } from '../../report/placed.ts';
import type { Relation, ReservedRelation } from '../../model/schema.ts';
import type { Finding } from '../../report/problem.ts';
import type { ExportedValue } from './exported-values.ts';
import { normaliseRelation, type Meaning } from './normalise-relation.ts';
import type { ReadTable } from './refuse-twins.ts';
import { relationGraph, type RelationGraph, type RelationNode } from './relation-graph.ts';
import { relationProblem } from './relation-problem.ts';
import { settleNames, type SettledRelations } from './settle-names.ts';
import type { Sources } from './source/sources.ts';
import {
  asTwin,
  isKept,
  isSameRelation,
  writtenRelations,
  type WrittenRelation,
} from './written-relations.ts';

interface RelationsInput {
  readonly sources: Sources;
  readonly tables: readonly ReadTable[];
  readonly written: readonly ExportedValue<Relations>[];
  readonly settled: SettledRelations;
  readonly clashSuffix: string | undefined;
}

/** Reads the relations of a schema as Drizzle interprets them, and reports ambiguous ones. */
export function readRelations(input: RelationsInput): {
  readonly relations: readonly Relation[];
  readonly reserved: readonly ReservedRelation[];
  readonly findings: readonly Finding[];
} {
  const { sources, tables, written, settled, clashSuffix } = input;
  const graph = relationGraph(tables);
  const findings = written.flatMap((one) => addRelations(sources, graph, one, settled));
  const meanings = new Map<WrittenRelation, { node: RelationNode; meaning: Meaning }>();
  for (const node of graph.nodes.values()) {
    for (const one of node.relations.values()) {
      meanings.set(one, { node, meaning: normaliseRelation(graph, node, one) });
    }
  }
  const isDropped = (one: WrittenRelation): boolean => {
    const node = graph.nodeOf(one.source);
    return node !== undefined && settled[node.exportName]?.[one.name] === false;
  };
  const named = (one: WrittenRelation): Thing => [
    `${exportNameOf(graph, one.source)}.${one.name}`,
    one.at,
  ];
  const followers = Map.groupBy(
    [...meanings].flatMap(([one, { meaning }]) =>
      meaning.kind === 'follows' && !isDropped(one) ? [{ one, side: meaning.side }] : [],
    ),
    ({ side }) => side,
  );
  const relations: Relation[] = [];
  const namesakes = namesakesIn(graph);
  for (const [one, { node, meaning }] of meanings) {
    const target = targetOf(one);
    if (namesakes.has(node) || (target && namesakes.has(graph.nodeOf(target)))) continue;
    if (isDropped(one)) continue;
    if (meaning.kind === 'settled') {
      relations.push(meaning.relation);
      continue;
    }
    // Its inverse is invalid and is reported instead, unless findings about the inverse are
    // dropped.
    if (meaning.kind === 'follows' && !isDropped(meaning.side)) continue;
    const [because, sides] =
      meaning.kind === 'wrong'
        ? [meaning.because, meaning.sides]
        : (['no-key', [meaning.side]] as const);
    const to = targetName(graph, one);
    findings.push({
      severity: 'error',
      ...relationProblem(one, because, {
        from: node.exportName,
        to,
        sides: sides.map((side) => `${exportNameOf(graph, side.source)}.${side.name}`),
      }),
      object: `${node.exportName}.${one.name}`,
      ...located([
        named(one),
        ...alsoAt(one).map((at): Thing => [`${node.exportName}.${one.name}`, at]),
        ...[
          ...sides.filter((side) => side !== one),
          ...(followers.get(one) ?? []).map((follower) => follower.one),
        ].map(named),
        ...(sides.length > 0 || alsoAt(one).length > 0 ? [] : targetPlace(graph, one)),
      ]),
    });
  }
  const kept = settleNames(relations, graph, settled, clashSuffix);
  return {
    relations: kept.relations,
    reserved: reservedIn(graph, kept.relations),
    findings: [...findings, ...kept.findings],
  };
}

/** The declared relations that were excluded, renamed or invalid. */
function reservedIn(
  graph: RelationGraph,
  relations: readonly Relation[],
): readonly ReservedRelation[] {
  const kept = new Set(relations.map(({ from, name }) => `${from}.${name}`));
  return [...graph.nodes.values()].flatMap(({ exportName: from, relations: written }) =>
    [...written.values()]
      .filter(({ name }) => !kept.has(`${from}.${name}`))
      .map((one): ReservedRelation => {
        const target = targetOf(one);
        const to = target && graph.nodeOf(target)?.exportName;
        return { from, name: one.name, ...(to !== undefined && { to }) };
      }),
  );
}

/**
 * All tables except the first with a given export name, because relations refer to tables
 * by that name.
 */
function namesakesIn({ nodes }: RelationGraph): ReadonlySet<RelationNode | undefined> {
  const named = Map.groupBy(nodes.values(), ({ exportName }) => exportName);
  return new Set([...named.values()].flatMap(([, ...others]) => others));
}

/** Runs a `relations()` and adds the result to its table. */
function addRelations(
  sources: Sources,
  graph: RelationGraph,
  one: ExportedValue<Relations>,
  settled: SettledRelations,
): readonly Finding[] {
  const table: DrizzleTable | undefined = one.value.table;
  if (!table) return [aboutNothing(one)];
  const node = graph.nodeOf(table);
  if (!node) {
    const name = getTableName(table);
    return [
      {
        severity: 'error',
        code: 'schema/relation-table-not-exported',
        message: `${one.exportName} defines relations of the table ${name}, which no schema file exports.`,
        object: one.exportName,
        places: placed(one.exportName, one.source.at),
        fix: `export the table ${name} from a file that drizzle.config.ts names.`,
      },
    ];
  }
  let made: readonly WrittenRelation[];
  try {
    made = writtenRelations(sources, one);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return [
      {
        severity: 'error',
        code: 'schema/relations-throw',
        message: `${one.exportName} throws: ${said.split('\n', 1)[0] ?? ''}`,
        object: one.exportName,
        places: placed(one.exportName, one.source.at),
        fix: 'return an object of one(…) and many(…) with existing tables and columns.',
      },
    ];
  }
  for (const relation of made) {
    const twin = node.relations.get(relation.name);
    if (twin && isSameRelation(twin, relation)) continue;
    const said = settled[node.exportName]?.[relation.name];
    const keep = typeof said === 'object' ? said.keep : undefined;
    const kept = twin ? oneOf(twin, relation, keep) : relation;
    node.relations.set(kept.name, kept);
    const { relations } = graph.config[node.id]!;
    if (kept.made.kind === 'made') relations[kept.name] = kept.made.relation;
    else delete relations[kept.name];
  }
  return [];
}

function oneOf(
  one: WrittenRelation,
  other: WrittenRelation,
  keep: string | undefined,
): WrittenRelation {
  const isSaid = (written: WrittenRelation): boolean => keep !== undefined && isKept(written, keep);
  if (isSaid(one) === isSaid(other)) return asTwin(one, other);
  return isSaid(one) ? one : other;
}

const aboutNothing = ({ exportName, source }: ExportedValue<Relations>): Finding => ({
  severity: 'error',
  code: 'schema/relation-no-table',
  message: `${exportName} defines relations of a table that is undefined.`,
  places: placed(exportName, source.at),
  fix: 'import the table, or remove the relations().',
});

/** A table's export name, or its SQL name if it is not exported. */
function exportNameOf(graph: RelationGraph, table: DrizzleTable): string {
  return graph.nodeOf(table)?.exportName ?? getTableName(table);
}

const alsoAt = ({ made }: WrittenRelation): readonly (Place | undefined)[] =>
  (made.kind === 'broken' && made.also) || [];

function targetOf({ made }: WrittenRelation): DrizzleTable | undefined {
  return made.kind === 'made' ? made.relation.referencedTable : made.target;
}

function targetName(graph: RelationGraph, one: WrittenRelation): string {
  const target = targetOf(one);
  return target ? exportNameOf(graph, target) : 'the other table';
}

function targetPlace(graph: RelationGraph, one: WrittenRelation): readonly Thing[] {
  const target = targetOf(one);
  const node = target && graph.nodeOf(target);
  return node ? [[node.exportName, node.table.at]] : [];
}
