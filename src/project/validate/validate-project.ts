import { applyIgnores, type Ignore } from '../../check/apply-ignores.ts';
import type { LintRule } from '../../check/lint-rule.ts';
import { objectsOf } from '../../check/objects-of.ts';
import { runRules } from '../../check/run-rules.ts';
import { planZero } from '../../emit/zero/plan-zero.ts';
import type { Schema } from '../../model/schema.ts';
import { ProblemError, type Finding } from '../../report/problem.ts';
import { withoutBroken } from '../broken-tables.ts';
import { findSetting } from '../find-setting.ts';
import { placeSettings } from '../place-settings.ts';
import { readProject, type ProjectRead } from '../read-project.ts';
import type { Seen } from '../seen.ts';
import { chosenRules } from './chosen-rules.ts';
import { ignoreComments } from './ignore-comments.ts';

/** What `garden validate` found out about a project. */
export interface Validation {
  readonly findings: readonly Finding[];
  /** Findings that the project accepts. */
  readonly ignored: readonly Finding[];
  readonly tables: number;
  /** The rules that ran. */
  readonly rules: readonly LintRule[];
}

/** Judges a project's schema by its definitions. No database is opened. */
export async function validateProject(
  cwd: string,
  config: string | undefined,
  seen: Seen,
): Promise<Validation> {
  const made = await readProject(cwd, config, seen);
  const { project, garden, read, broken } = made;
  if (read.schema.tables.length === 0) throw noTables(project.schemaFiles);
  const settings = garden.config.validate ?? {};
  const { rules: chosen, known, findings: misnamed } = chosenRules(settings);
  // What depends on rules that cannot be read would be wrong about all of them.
  const rules = chosen.filter(
    ({ readsAccess, inputs }) =>
      inputs.includes('definitions') && !(readsAccess && read.refused !== undefined),
  );
  const judged = withoutTables(
    read.schema,
    broken.map(({ exportName }) => exportName),
  );
  const found = runRules(judged, {
    rules,
    input: 'definitions',
    ...(settings.rules && { severities: settings.rules }),
  });
  const { kept, ignored, problems } = applyIgnores(
    found,
    [...settingIgnores(made), ...ignoreComments(project.inputs)],
    { rules: known.map(({ code }) => code), objects: objectsOf(read.schema) },
  );
  const own = [...problemsOfSchema(made), ...misnamed].map((finding) =>
    placeSettings(finding, garden.file),
  );
  return {
    findings: [...own, ...problems, ...kept],
    ignored,
    tables: read.schema.tables.length,
    rules,
  };
}

/** What `garden generate` would report of the same schema, short of writing it. */
function problemsOfSchema({ garden, read, broken }: ProjectRead): readonly Finding[] {
  const refused = read.refused ? [read.refused.problem, ...read.refused.others] : [];
  const names = broken.map(({ exportName }) => exportName);
  const { zero } = garden.config;
  return [
    ...broken.map(({ finding }) => finding),
    ...read.findings,
    ...refused.map((problem): Finding => ({ severity: 'error', ...problem })),
    ...(zero === undefined
      ? []
      : planZero(read.schema, read.schema.access?.rules, withoutBroken(zero, broken), names)
          .findings),
  ];
}

/** The entries of `ignore` in garden.config.ts. */
const settingIgnores = ({ garden: { config, file = '' } }: ProjectRead): readonly Ignore[] =>
  (config.validate?.ignore ?? []).map(({ rule, object, reason }) => ({
    rule,
    reason,
    target: { object },
    at: findSetting(file, ['validate', 'ignore']),
  }));

/** Of tables whose constraints could not be read, nothing can be said. */
function withoutTables(schema: Schema, exportNames: readonly string[]): Schema {
  const tables = schema.tables.filter(({ exportName }) => !exportNames.includes(exportName));
  return { ...schema, tables };
}

const noTables = (files: readonly string[]): ProblemError =>
  new ProblemError({
    stage: 'read',
    code: 'schema/no-tables',
    message: 'the schema exports no table, so there is nothing to validate.',
    places: files.map((file) => ({ file })),
    fix: "export the tables by name, or correct `schema` in drizzle-kit's config.",
  });
