import { aboutRelation } from '../../model/about.ts';
import type { Relation, Schema } from '../../model/schema.ts';
import type { Finding } from '../../report/problem.ts';
import { error, listed, warning } from './finding.ts';
import type { PlannedTable } from './plan-table.ts';

/** The synced tables, by export name. */
export type Tables = ReadonlyMap<string, PlannedTable>;

export interface RelationsPlan {
  /** The relations between two synced tables. */
  readonly relations: readonly Relation[];
  readonly findings: readonly Finding[];
}

/** The declared relations that Zero supports. */
export function planRelations(
  schema: Schema,
  tables: Tables,
  failed: ReadonlySet<string>,
): RelationsPlan {
  const findings: Finding[] = [];
  const unsyncedTargets = new Map<string, Relation[]>();
  const relations = schema.relations.filter((relation) => {
    const from = tables.get(relation.from);
    if (from === undefined) return false;
    const to = tables.get(relation.to);
    // If an error excluded the other table, only that error is reported.
    if (to === undefined && failed.has(relation.to)) return false;
    if (to === undefined) {
      unsyncedTargets.set(relation.from, [...(unsyncedTargets.get(relation.from) ?? []), relation]);
      return false;
    }
    if (isOfTwins(relation.fields, from) || isOfTwins(relation.references, to)) return false;
    const problem = refuseRelation(relation, from, to);
    if (problem) findings.push(problem);
    return problem === undefined;
  });
  return {
    relations,
    findings: [...findings, ...[...unsyncedTargets.values()].map(targetNotSynced)],
  };
}

/** A missing column is one of two columns with the same name, which is reported elsewhere. */
const isOfTwins = (keys: readonly string[], { source }: PlannedTable): boolean =>
  keys.some((name) => source.columns.every(({ key }) => key !== name));

function refuseRelation(
  relation: Relation,
  from: PlannedTable,
  to: PlannedTable,
): Finding | undefined {
  const name = `${relation.from}.${relation.name}`;
  const about = aboutRelation(relation);
  const rename = `rename it, here or with zero.relations.${relation.from}: { ${relation.name}: '…' }.`;
  if (from.columns.has(relation.name)) {
    return error({
      code: 'zero/relation-name',
      message: `the relation ${name} has the same name as a column. It is left out.`,
      ...about,
      fix: rename,
    });
  }
  if (relation.name.startsWith('zsubq_')) {
    return error({
      code: 'zero/relation-name',
      message: `the relation ${name} has a prefix that Zero reserves. It is left out.`,
      ...about,
      // The settings may have given it this name.
      fix: `choose another, in relations() or in zero.relations.${relation.from}.`,
    });
  }
  const drop = `zero.relations.${relation.from}: { ${relation.name}: false }`;
  const missing = [
    ...relation.fields
      .filter((key) => !from.columns.has(key))
      .map((key) => `${relation.from}.${key}`),
    ...relation.references
      .filter((key) => !to.columns.has(key))
      .map((key) => `${relation.to}.${key}`),
  ];
  if (missing.length > 0) {
    return warning({
      code: 'zero/relation-left-out',
      message: `the relation ${name} is left out: ${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} not synced.`,
      ...about,
      fix: `sync the column, or set ${drop}.`,
    });
  }
  const unlike = relation.fields.find(
    (key, index) =>
      from.columns.get(key)?.type !== to.columns.get(relation.references[index] ?? '')?.type,
  );
  const json = relation.fields.find((key) => from.columns.get(key)?.type === 'json');
  if (relation.fields.length > 0 && unlike === undefined && json === undefined) return undefined;
  const why =
    unlike === undefined && json !== undefined
      ? `Zero cannot compare JSON or arrays, such as ${json},`
      : `${unlike ?? 'nothing'} and the column that it references have different types in Zero,`;
  return warning({
    code: 'zero/relation-left-out',
    message: `the relation ${name} is left out: ${why} so no rows would match.`,
    ...about,
    fix: `give both columns one type that Zero compares, or set ${drop}.`,
  });
}

/**
 * One finding per table: with `only`, many relations of few tables have targets that are
 * not synced.
 */
function targetNotSynced(relations: readonly Relation[]): Finding {
  const from = relations[0]?.from ?? '';
  const names = relations.map(({ name, to }) => `${name} (to ${to})`);
  const drops = relations.map(({ name }) => `${name}: false`).join(', ');
  return warning({
    code: 'zero/relation-left-out',
    message: `in ${from}, ${names.length === 1 ? 'the relation' : 'the relations'} ${listed(names)} ${names.length === 1 ? 'is' : 'are'} left out: the other table is not synced.`,
    ...(relations.length === 1 && relations[0] && { object: aboutRelation(relations[0]).object }),
    places: relations.flatMap((relation) => aboutRelation(relation).places),
    fix: `sync the other table, or set zero.relations.${from}: { ${drops} }.`,
  });
}
