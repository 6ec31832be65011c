import { is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
// A namespace import, so that a Drizzle without Relations loads and can be refused with a
// reason.
import * as relational from 'drizzle-orm/relations';
import type { Schema } from '../../model/schema.ts';
import { ProblemError, type Finding, type Stage } from '../../report/problem.ts';
import { drizzleNames, type Casing } from './drizzle-names.ts';
import { compareText } from '../../model/compare-text.ts';
import { exportedValues, type SchemaFile } from './exported-values.ts';
import { readAccess } from './read-access.ts';
import { readCompanionSql } from './read-companion-sql.ts';
import { readEnums } from './read-enums.ts';
import { readExtensions } from './read-extensions.ts';
import { readMaintenance } from './read-maintenance.ts';
import { readLinkedPolicies, readUnlinkedPolicies } from './read-policies.ts';
import { readRelations } from './read-relations.ts';
import { readRoleRules } from './read-role-rules.ts';
import { readRoles } from './read-roles.ts';
import { readSequences } from './read-sequences.ts';
import { readTable } from './read-table.ts';
import { readViews } from './read-views.ts';
import { refuseAppendOnly } from './refuse-append-only.ts';
import { refuseBrokenKeys } from './refuse-broken-keys.ts';
import { refuseEncrypted } from './refuse-encrypted.ts';
import { refuseEnumNames } from './refuse-enum-names.ts';
import { refuseLongNames } from './refuse-long-names.ts';
import { refusePartition } from './refuse-partition.ts';
import { refuseRetention } from './refuse-retention.ts';
import { refuseSameNames } from './refuse-same-names.ts';
import { reportAliases } from './report-aliases.ts';
import { refuseTwins, type ReadTable } from './refuse-twins.ts';
import { refuseTwoKeys } from './refuse-two-keys.ts';
import type { SettledRelations } from './settle-names.ts';
import { openSources } from './source/sources.ts';

/** An imported schema, and the casing of its config. */
export interface SchemaInput {
  /** The schema files by absolute path, each with its exports. */
  readonly files: readonly SchemaFile[];
  /** drizzle-kit's setting of the same name. */
  readonly casing?: Casing;
  /** Decisions in the user's config about ambiguous parts of the schema. */
  readonly settled?: {
    readonly relations?: SettledRelations;
    readonly clashSuffix?: string;
    /** Export names that are aliases of tables. */
    readonly aliases?: readonly string[];
  };
}

/** The result of {@link readSchema}. Later stages do not use Drizzle's objects. */
export interface SchemaRead {
  readonly schema: Schema;
  readonly findings: readonly Finding[];
  /**
   * Whether drizzle-kit would lose a part, such as one of two tables with the same SQL name,
   * or write a migration that Postgres refuses.
   */
  readonly isUnfit: boolean;
  /** The error in the companion SQL or the access rules. Then the schema has neither. */
  readonly refused?: ProblemError;
}

/**
 * Reads a Drizzle schema into the model: the information that Drizzle has at run time, and
 * that only the source has (comments, places, the types of `$type`). Invalid parts are left
 * out and reported in the findings; the rest is kept.
 *
 * @example
 * const file = '/app/src/schema.ts';
 * const { schema, findings } = readSchema({ files: [{ file, exports: await import(file) }] });
 */
export function readSchema({ files, casing, settled }: SchemaInput): SchemaRead {
  const sources = openSources();
  const names = drizzleNames(casing);
  const aliases = settled?.aliases ?? [];
  const values = exportedValues(files, sources, aliases);
  const exported = values.flatMap((one): readonly ReadTable[] => {
    const { value } = one;
    if (!is(value, PgTable)) return [];
    return [{ ...one, value, ...readTable(sources, { ...one, value }, names) }];
  });
  const { kept, findings: twins } = refuseTwins(exported);
  const {
    relations,
    reserved,
    findings: wrong,
  } = readRelations({
    sources,
    tables: kept,
    written: values.flatMap((one) =>
      is(one.value, relational.Relations) ? [{ ...one, value: one.value }] : [],
    ),
    settled: settled?.relations ?? {},
    clashSuffix: settled?.clashSuffix,
  });
  const unreadable = sources.unreadable.map((file): Finding => {
    return {
      severity: 'warning',
      code: 'schema/cannot-parse',
      message: 'the source cannot be parsed, so its comments and types are unknown.',
      places: [{ file }],
      fix: 'correct its syntax errors.',
    };
  });
  const tables = kept.map(({ table }) => table);
  const all = [...new Set(files.flatMap(({ exports }) => Object.values(exports)))];
  const views = readViews(values, names);
  const policies = [...kept.flatMap((one) => one.policies), ...readLinkedPolicies(all, names)].sort(
    (a, b) => compareText(a.table, b.table) || compareText(a.name, b.name),
  );
  const unfit = [
    ...twins.filter(({ code }) => code !== 'schema/export-twice'),
    ...refuseTwoKeys(kept),
    ...refuseLongNames(tables),
    ...refuseBrokenKeys(kept),
    ...refuseAppendOnly(kept),
    ...refuseEncrypted(tables),
    ...refusePartition(tables),
    ...refuseRetention(tables),
    ...refuseEnumNames(tables),
    ...refuseSameNames(tables, views, policies),
  ];
  const { refused, ...rules } = refusable(() => ({
    companion: readCompanionSql(all),
    access: readAccess(Object.fromEntries(Object.entries(all)), tables),
    roleRules: readRoleRules(kept),
    maintenance: readMaintenance(all),
  }));
  const { companion = [], access: read, roleRules = [], maintenance } = rules;
  const unlinkedPolicies = readUnlinkedPolicies(values, policies);
  const access = read && { rules: read.rules, preset: read.preset, roles: read.roles };
  return {
    schema: {
      tables,
      relations,
      ...(reserved.length > 0 && { reservedRelations: reserved }),
      views,
      enums: readEnums(all),
      sequences: readSequences(all),
      roles: readRoles(all),
      extensions: readExtensions(all),
      policies,
      ...(unlinkedPolicies.length > 0 && { unlinkedPolicies }),
      companion,
      ...(roleRules.length > 0 && { roleRules }),
      ...(maintenance && { maintenance }),
      ...(access && { access }),
    },
    isUnfit: unfit.length > 0,
    findings: [
      ...twins.filter(({ code }) => code === 'schema/export-twice'),
      ...unfit,
      ...reportAliases(exported, aliases),
      ...inStage('relations', wrong),
      ...unreadable,
      ...inStage('rules', read?.warnings ?? []),
    ].map((finding): Finding => ({ stage: 'read', ...finding })),
    ...(refused && { refused }),
  };
}

const inStage = (stage: Stage, findings: readonly Finding[]): readonly Finding[] =>
  findings.map((finding) => ({ ...finding, stage }));

/** Keeps an error of the schema for the callers that need the affected part. */
function refusable<Read extends object>(
  read: () => Read,
): Partial<Read> & { readonly refused?: ProblemError } {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { refused: error } as Partial<Read> & { readonly refused: ProblemError };
  }
}
