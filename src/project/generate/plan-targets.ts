import { is, Table } from 'drizzle-orm';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { planZero } from '../../emit/zero/plan-zero.ts';
import type { Publication } from '../../model/publication.ts';
import type { Schema } from '../../model/schema.ts';
import { inStage } from '../../report/in-stage.ts';
import { journalFile } from '../../migrations/journal-file.ts';
import { ProblemError, type Finding } from '../../report/problem.ts';
import { refuseRules, refuseUnfit, withoutBroken, withoutTables } from '../broken-tables.ts';
import type { Project } from '../load-project.ts';
import { placeSettings } from '../place-settings.ts';
import { readProject, type ProjectRead } from '../read-project.ts';
import { unnamedRelations } from '../unnamed-relations.ts';
import type { Plan } from './plan.ts';
import { wantedTargets } from './wanted-targets.ts';
import { refuseCasing } from '../refuse-casing.ts';
import type { GenerateOptions } from './generate-options.ts';
import type { Seen } from '../seen.ts';

export interface Planned {
  readonly plans: readonly Plan[];
  /** The one of the plans that writes migrations. */
  readonly migrations: Plan | undefined;
  readonly findings: readonly Finding[];
  /** The loaded project, for further steps of the command. */
  readonly made: ProjectRead;
  /** The publication that a migration creates. */
  readonly publication: Publication | undefined;
}

/** Loads a project and plans the requested targets. */
export async function planTargets(
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
  options: GenerateOptions,
  seen: Seen,
): Promise<Planned> {
  const made = await readProject(cwd, options.config, seen);
  const { project, garden, read, broken } = made;
  const { casing } = project.settings;
  const { schema, findings, isUnfit, refused } = read;
  const wanted = wantedTargets(options, garden.config);
  const wantsZero = wanted.has('zero');
  if (wantsZero || wanted.has('json-schema') || !wanted.has('migrations')) {
    refuseNoTables(schema, project);
  } else if (isEmpty(schema) && !existsSync(journalFile(project.out))) {
    // After the first migration, a schema may have no tables: the migration drops the last
    // one.
    refuseNoTables(schema, project);
  } else refuseUnfit(broken, findings.map(forMigrations), isUnfit);
  await inStage('rules', () => {
    refuseRules(refused, broken);
    refuseCasing(casing, schema, project.configFile);
  });
  const rules = schema.access?.rules;
  const zero =
    wantsZero || (wanted.has('migrations') && garden.config.zero)
      ? planZero(
          schema,
          rules,
          withoutBroken(garden.config.zero, broken),
          broken.map(({ exportName }) => exportName),
        )
      : undefined;
  const plans: Plan[] = [];
  let migrations: Plan | undefined;
  const publication = garden.config.zero && zero?.publication;
  // Migrations for incomplete definitions would drop the missing parts in the database.
  const isComplete = broken.length === 0 && !isUnfit;
  if (wanted.has('migrations') && isComplete) {
    // Loaded on demand: one target's dependencies, above all drizzle-kit, would slow down
    // the other.
    const { planMigrations } = await import('./plan-migrations.ts');
    const { comments } = garden.config;
    const migrationOptions = { ...options, schema, publication, comments, signal };
    migrations = await inStage('generate', () => planMigrations(project, migrationOptions));
    plans.push(migrations);
  }
  const out = options.out === undefined ? undefined : resolve(cwd, options.out);
  const noneSynced = wantsZero && zero?.zero.tables.length === 0;
  if (wantsZero && zero && !noneSynced) {
    const { planZeroFiles } = await import('./plan-zero.ts');
    plans.push(
      await planZeroFiles(project, {
        config: garden.config.zero ?? {},
        zero,
        rules,
        out,
      }),
    );
  }
  if (wanted.has('json-schema')) {
    const { planJsonSchemaFile } = await import('./plan-json-schema-file.ts');
    plans.push(
      planJsonSchemaFile(project, withoutTables(schema, broken), {
        config: garden.config.jsonSchema ?? {},
        out,
      }),
    );
  }
  if (wanted.has('supabase') && isComplete) {
    const { planSupabase } = await import('./plan-supabase.ts');
    const config = garden.config.supabase ?? {};
    plans.push(await planSupabase(project, schema, { config, out }));
  }
  return {
    made,
    plans,
    migrations,
    publication,
    findings: [
      ...(wantsZero ? unnamedRelations(project) : []),
      ...broken.map(({ finding }) => finding),
      ...(wantsZero ? findings : findings.map(forMigrations)),
      ...[
        ...plans.flatMap((plan) => plan.findings),
        ...(noneSynced ? zero.findings : []),
        // If tables are broken, only that is reported.
        ...(noneSynced && broken.length === 0 ? [noneLeft(project, garden.file)] : []),
      ].map((finding): Finding => ({
        ...finding,
        stage: finding.stage ?? 'generate',
      })),
    ].map((finding) => placeSettings(finding, garden.file)),
  };
}

/** Migrations do not depend on relations: problems with these are reported, but prevent nothing. */
const forMigrations = (finding: Finding): Finding =>
  finding.stage === 'relations' ? { ...finding, severity: 'warning' } : finding;

/** Replacing the existing Zero schema by an empty one is never intended. */
const noneLeft = ({ schemaFiles }: Project, gardenFile: string | undefined): Finding => ({
  severity: 'error',
  code: 'zero/no-tables',
  message: 'there is no table to sync. The Zero files were not changed.',
  places: (gardenFile === undefined ? schemaFiles : [gardenFile]).map((file) => ({ file })),
  fix: 'correct the reported tables, or exclude fewer tables.',
});

const isEmpty = ({ tables, views, enums, sequences, roles, companion }: Schema): boolean =>
  [tables, views, enums, sequences, roles, companion].every(({ length }) => length === 0);

function refuseNoTables({ tables }: Schema, { schemaFiles, files }: Project): void {
  if (tables.length > 0) return;
  const foreign = files.find(({ exports }) =>
    Object.values(exports).some((value) => is(value, Table)),
  );
  throw new ProblemError({
    stage: 'read',
    code: 'schema/no-tables',
    message: `the schema exports no table${foreign === undefined ? '' : ' for Postgres, only tables of another database'}. Nothing was written.`,
    places: (foreign === undefined ? schemaFiles : [foreign.file]).map((file) => ({ file })),
    fix:
      foreign === undefined
        ? "export the tables by name, or correct `schema` in drizzle-kit's config."
        : "define tables with pgTable, from 'drizzle-orm/pg-core'.",
  });
}
