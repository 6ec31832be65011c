import type { Ignore } from '../../check/apply-ignores.ts';
import { judgeSchema } from '../../check/judge-schema.ts';
import type { Validation } from '../../check/validation.ts';
import type { ZeroPlan } from '../../emit/zero/plan-zero.ts';
import type { Schema } from '../../model/schema.ts';
import { qualifiedName, tableId } from '../../model/table-id.ts';
import { ProblemError, type Finding } from '../../report/problem.ts';
import { withoutBroken } from '../broken-tables.ts';
import { findSetting } from '../find-setting.ts';
import { placeSettings } from '../place-settings.ts';
import { readProject, type ProjectRead } from '../read-project.ts';
import type { Seen } from '../seen.ts';
import { unnamedRelations } from '../unnamed-relations.ts';
import { ignoreComments } from './ignore-comments.ts';

/** Judges a project's schema by its definitions. No database is opened. */
export async function validateProject(
  cwd: string,
  config: string | undefined,
  seen: Seen,
): Promise<Validation> {
  const made = await readProject(cwd, config, seen);
  const { project, read } = made;
  if (read.schema.tables.length === 0) throw noTables(project.schemaFiles);
  const plan = await zeroPlanOf(made);
  return judgeProject(made, plan, problemsOfSchema(made, plan));
}

/**
 * The errors that the lint rules find in a project that another command has loaded. The findings of
 * reading the schema are not repeated.
 */
export async function lintErrors(made: ProjectRead): Promise<readonly Finding[]> {
  if (made.garden.config.validate?.generate === 'off') return [];
  const { findings } = judgeProject(made, await zeroPlanOf(made), []);
  return findings.filter(({ severity }) => severity === 'error');
}

function judgeProject(
  made: ProjectRead,
  plan: ZeroPlan | undefined,
  found: readonly Finding[],
): Validation {
  const { project, garden, read, broken } = made;
  const { schema } = read;
  const nameOf = (exportName: string): string => {
    const table = schema.tables.find((one) => one.exportName === exportName);
    return table === undefined ? exportName : qualifiedName(table);
  };
  const validation = atPresets(garden.file, () =>
    judgeSchema(withPublished(schema, plan), {
      settings: garden.config.validate ?? {},
      input: 'definitions',
      ignores: [...settingIgnores(made), ...ignoreComments(project.inputs)],
      found,
      broken: new Map(broken.map(({ exportName }) => [exportName, nameOf(exportName)])),
      accessRefused: read.refused !== undefined,
      zeroPlanned: plan !== undefined,
    }),
  );
  return {
    ...validation,
    findings: validation.findings.map((finding) => placeSettings(finding, garden.file)),
  };
}

/** Adds the line of the `presets` setting to the error about contradicting rules. */
function atPresets<Result>(file: string | undefined, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (file === undefined || !(error instanceof ProblemError)) throw error;
    const places = [findSetting(file, ['validate', 'presets'])];
    throw new ProblemError({ places, ...error.problem }, { cause: error });
  }
}

/** The findings that `garden generate` would report, without writing files. */
function problemsOfSchema(
  { project, garden, read, broken }: ProjectRead,
  plan: ZeroPlan | undefined,
): readonly Finding[] {
  const refused = read.refused ? [read.refused.problem, ...read.refused.others] : [];
  const { zero } = garden.config;
  return [
    ...(plan ? unnamedRelations(project) : []),
    ...broken.map(({ finding }) => finding),
    ...(zero === undefined ? read.findings.flatMap(withoutZero) : read.findings),
    ...refused.map((problem): Finding => ({ severity: 'error', ...problem })),
    ...(plan?.findings ?? []),
  ];
}

/** Some findings of reading are about the generated Zero schema, which the project does not have. */
function withoutZero(finding: Finding): readonly Finding[] {
  if (finding.code === 'schema/aliased-table') return [];
  if (finding.code !== 'schema/relation-name-clash') return [finding];
  // A query with the relation returns no column of that name.
  return [{ ...finding, severity: 'warning', fix: 'rename the relation or the column.' }];
}

/** Loads the planner only for projects with Zero. */
async function zeroPlanOf({ garden, read, broken }: ProjectRead): Promise<ZeroPlan | undefined> {
  const { zero } = garden.config;
  if (zero === undefined) return undefined;
  const { planZero } = await import('../../emit/zero/plan-zero.ts');
  const names = broken.map(({ exportName }) => exportName);
  return planZero(read.schema, read.schema.access?.rules, withoutBroken(zero, broken), names);
}

/** The schema with the publications of its migrations. */
function withPublished(schema: Schema, plan: ZeroPlan | undefined): Schema {
  if (plan?.publication === undefined) return schema;
  const tables = plan.publication.tables.map(
    (table) => [tableId(table.schema, table.name), table.columns.map(({ name }) => name)] as const,
  );
  return { ...schema, published: Object.fromEntries(tables) };
}

/** The entries of `ignore` in garden.config.ts. */
const settingIgnores = ({ garden: { config, file = '' } }: ProjectRead): readonly Ignore[] =>
  (config.validate?.ignore ?? []).map(({ rule, object, reason }) => ({
    rule,
    reason,
    target: { object },
    at: findSetting(file, ['validate', 'ignore']),
  }));

const noTables = (files: readonly string[]): ProblemError =>
  new ProblemError({
    stage: 'read',
    code: 'schema/no-tables',
    message: 'the schema exports no table, so there is nothing to validate.',
    places: files.map((file) => ({ file })),
    fix: "export the tables by name, or correct `schema` in drizzle-kit's config.",
  });
