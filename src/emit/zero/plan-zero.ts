import { aboutTable } from '../../model/about.ts';
import type { RowChecks } from '../../model/column-check.ts';
import type { Publication } from '../../model/publication.ts';
import type { AccessRules } from '../../model/rule.ts';
import type { ReservedRelation, Schema } from '../../model/schema.ts';
import { qualifiedName } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { ZeroChoices } from '../../model/zero-choices.ts';
import type { Finding } from '../../report/problem.ts';
import { checkChoices } from './check-choices.ts';
import { error, warning } from './finding.ts';
import { nameRowTypes } from './name-row-types.ts';
import { planChecks } from './plan-checks.ts';
import { planManyToMany, type NamedPath } from './plan-many-to-many.ts';
import { planPublication } from './plan-publication.ts';
import { planRelations, type Tables } from './plan-relations.ts';
import { planTable, type PlannedTable, type TablePlan } from './plan-table.ts';
import { reportDefaults } from './report-defaults.ts';
import { typeNamesIn } from './type-names-in.ts';
import type { ZeroHop, ZeroRelation, ZeroSchema } from './zero-nodes.ts';
import { own } from './own.ts';

/** The result of planning a schema for Zero. */
export interface ZeroPlan {
  readonly zero: ZeroSchema;
  /** What clients check before they show a row. */
  readonly checks: RowChecks;
  /** Append-only tables, by their names in Zero. */
  readonly insertOnly: readonly string[];
  /** Absent if the settings disable it. */
  readonly publication?: Publication;
  /** Everything that was left out, and other problems of the schema. */
  readonly findings: readonly Finding[];
}

/**
 * Plans the Zero schema and the publication that feeds it, with the same tables and
 * columns. Everything that cannot be synced is left out of both and reported. Consequences
 * of missing `broken` tables, whose error is reported elsewhere, are not reported.
 */
export function planZero(
  schema: Schema,
  rules: AccessRules | undefined,
  choices: ZeroChoices = {},
  broken: readonly string[] = [],
): ZeroPlan {
  const findings: Finding[] = [...checkChoices(schema, choices)];
  const failed = new Set(broken);
  const tables = planTables(schema, choices, findings, failed);
  const written = planRelations(schema, tables, failed);
  const derived = planManyToMany(
    { relations: written.relations, written: allWritten(schema) },
    tables,
    choices.manyToMany,
  );
  findings.push(...written.findings, ...derived.findings);
  findings.push(...views(schema, choices), ...withoutRules(tables, rules));

  const hop = (one: Omit<NamedPath['many'], 'name'>): ZeroHop => ({
    sourceField: one.fields,
    destField: one.references,
    destSchema: tables.get(one.to)?.name ?? one.to,
    cardinality: one.cardinality,
  });
  const relationsOf = ({ source }: PlannedTable): readonly ZeroRelation[] =>
    [
      ...written.relations
        .filter(({ from }) => from === source.exportName)
        .map((relation): ZeroRelation => ({ name: relation.name, hops: [hop(relation)] })),
      ...derived.paths
        .filter(({ from }) => from === source.exportName)
        .map((path): ZeroRelation => ({
          name: path.name,
          // Zero treats the whole relation as many if its first hop is many.
          hops: [hop(path.many), { ...hop(path.one), cardinality: 'many' }],
        })),
    ].toSorted((a, b) => (a.name < b.name ? -1 : 1));

  const sorted = [...tables.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const rowTypes = nameRowTypes(sorted, typeNamesIn(sorted));
  const publication = planPublication(sorted, choices.publication);
  return {
    zero: {
      tables: sorted.map((table) => ({
        name: table.name,
        ...(table.serverName === undefined ? {} : { serverName: table.serverName }),
        rowType: rowTypes.get(table) ?? table.name,
        ...(table.source.doc === undefined ? {} : { doc: table.source.doc }),
        columns: [...table.columns.values()],
        primaryKey: table.key,
        relations: relationsOf(table),
      })),
    },
    checks: planChecks(sorted, rules),
    insertOnly: sorted.filter(({ source }) => source.appendOnly).map(({ name }) => name),
    ...(publication && { publication }),
    findings,
  };
}

/** All declared relations, including those that are not synced. */
const allWritten = ({ relations, reservedRelations = [] }: Schema): readonly ReservedRelation[] => [
  ...relations,
  ...reservedRelations,
];

function planTables(
  schema: Schema,
  choices: ZeroChoices,
  findings: Finding[],
  failed: Set<string>,
): Tables {
  const tables = new Map<string, PlannedTable>();
  const names = new Map<string, PlannedTable>();
  const plans: TablePlan[] = [];
  const wanted = schema.tables
    .filter(({ exportName }) => choices.only?.includes(exportName) ?? true)
    .toSorted((a, b) => (a.exportName < b.exportName ? -1 : 1));
  for (const source of wanted) {
    const choice = own(choices.tables, source.exportName);
    if (choice === false) continue;
    if (source.partition) {
      findings.push(partitionedTable(source));
      failed.add(source.exportName);
      continue;
    }
    const plan = planTable(source, choice, choices.defaults);
    findings.push(...plan.findings);
    if (plan.table === undefined) {
      failed.add(source.exportName);
      continue;
    }
    const other = names.get(plan.table.name);
    if (other) {
      // Two exports with the same name are reported by the reader.
      if (other.source.exportName !== source.exportName) {
        findings.push(sameName(plan.table, other));
        failed.add(source.exportName);
      }
      continue;
    }
    names.set(plan.table.name, plan.table);
    tables.set(source.exportName, plan.table);
    plans.push(plan);
  }
  findings.push(...reportDefaults(plans));
  return tables;
}

const sameName = ({ source, name }: PlannedTable, other: PlannedTable): Finding =>
  error({
    code: 'zero/table-name',
    message: `${source.exportName} and ${other.source.exportName} would both be ${name} in Zero. ${source.exportName} is left out.`,
    object: qualifiedName(source),
    places: [source, other.source].flatMap((table) => aboutTable(table).places),
    fix: `give one of them another name with zero.tables.${source.exportName}.name.`,
  });

function views({ views }: Schema, { only, tables }: ZeroChoices): readonly Finding[] {
  return (
    views
      .filter(({ exportName }) => only === undefined && own(tables, exportName) !== false)
      // A view for other database roles alone is not for clients.
      .filter(({ readers }) => readers === undefined)
      .map((view) =>
        warning({
          code: 'zero/view',
          message: `the view ${view.exportName} is left out. Postgres only replicates tables.`,
          ...aboutTable(view),
          fix: `write it as a query in ZQL, or set zero.tables.${view.exportName}: false.`,
        }),
      )
  );
}

/** Nobody can read a table without rules if the schema has access rules. */
function withoutRules(tables: Tables, rules: AccessRules | undefined): readonly Finding[] {
  if (rules === undefined) return [];
  return [...tables.values()]
    .filter(({ source }) => own(rules.tables, source.id) === undefined)
    .map(({ source }) =>
      warning({
        code: 'zero/no-rules',
        message: `${source.exportName} has no access rules, so nobody may read it.`,
        ...aboutTable(source),
        fix: `give it access(…), or leave it out with zero.tables.${source.exportName}: false.`,
      }),
    );
}

/** Logical replication would publish each partition as a table, and the key is not a single id. */
const partitionedTable = (source: Table): Finding =>
  warning({
    code: 'zero/partitioned',
    message: `the partitioned table ${source.exportName} is not synced.`,
    ...aboutTable(source),
    fix: `query it on the server, and set tables: { ${source.exportName}: false } in the part zero of garden.config.ts.`,
  });
