import { resolve } from 'node:path';
import { planZero } from '../../emit/zero/plan-zero.ts';
import type { Schema } from '../../model/schema.ts';
import { inStage } from '../../report/in-stage.ts';
import { ProblemError, type Finding } from '../../report/problem.ts';
import { readSchema } from '../../read/drizzle/read-schema.ts';
import { leaveOutBroken, refuseBroken, withoutBroken } from '../broken-tables.ts';
import { loadGardenConfig } from '../load-garden-config.ts';
import { loadProject, type Project } from '../load-project.ts';
import { placeSettings } from '../place-settings.ts';
import type { Plan } from './plan.ts';
import { refuseCasing } from '../refuse-casing.ts';
import type { GenerateOptions } from './generate-options.ts';
import type { Seen } from '../seen.ts';

export interface Planned {
  readonly plans: readonly Plan[];
  readonly findings: readonly Finding[];
}

/** Loads a project and plans what is asked of it. */
export async function planTargets(
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
  options: GenerateOptions,
  seen: Seen,
): Promise<Planned> {
  const project = await loadProject(cwd, options.config, seen);
  const garden = await inStage('config', () => loadGardenConfig(project.folder, seen));
  const { casing } = project.settings;
  const { relations } = garden.config.zero ?? {};
  const { schema, findings, refused } = readSchema({
    files: project.files,
    ...(casing && { casing }),
    ...(relations && { settled: { relations } }),
  });
  const broken = leaveOutBroken(project.broken, schema, project.inputs);
  const wantsZero =
    options.target === 'zero' || (options.target === undefined && garden.config.zero !== undefined);
  if (wantsZero) refuseNoTables(schema, project);
  else refuseBroken(broken, findings.map(forMigrations));
  await inStage('rules', () => {
    if (refused !== undefined) throw refused;
    refuseCasing(casing, schema, project.configFile);
  });
  const rules = schema.access?.rules;
  const zero =
    wantsZero || garden.config.zero
      ? planZero(schema, rules, withoutBroken(garden.config.zero, broken))
      : undefined;
  const plans: Plan[] = [];
  // Without its constraints a broken table would lose them in the database too.
  if (options.target !== 'zero' && broken.length === 0) {
    // What one target needs, drizzle-kit above all, would cost the other its speed.
    const { planMigrations } = await import('./plan-migrations.ts');
    const publication = garden.config.zero && zero?.publication;
    const asked = { ...options, schema, publication, signal };
    plans.push(await inStage('generate', () => planMigrations(project, asked)));
  }
  const isEmpty = wantsZero && zero?.zero.tables.length === 0;
  if (wantsZero && zero && !isEmpty) {
    const { planZeroFiles } = await import('./plan-zero.ts');
    plans.push(
      await planZeroFiles(project, {
        config: garden.config.zero ?? {},
        zero,
        rules,
        out: options.out === undefined ? undefined : resolve(cwd, options.out),
      }),
    );
  }
  return {
    plans,
    findings: [
      ...broken.map(({ finding }) => finding),
      ...(wantsZero ? findings : findings.map(forMigrations)),
      ...[
        ...plans.flatMap((plan) => plan.findings),
        ...(isEmpty ? [...zero.findings, noneLeft(project, garden.file)] : []),
      ].map((finding): Finding => ({
        ...finding,
        stage: finding.stage ?? 'generate',
      })),
    ].map((finding) => placeSettings(finding, garden.file)),
  };
}

/** Migrations know nothing of relations: what is wrong with one is told, and stops nobody. */
const forMigrations = (finding: Finding): Finding =>
  /^schema\/(?:relation|unknown-relation)/.test(finding.code)
    ? { ...finding, severity: 'warning' }
    : finding;

/** An empty Zero schema in the place of the one that was there is nothing that anybody means. */
const noneLeft = ({ schemaFiles }: Project, gardenFile: string | undefined): Finding => ({
  severity: 'error',
  code: 'zero/no-tables',
  message: 'no table is left to sync. The files of zero stay as they are.',
  places: (gardenFile === undefined ? schemaFiles : [gardenFile]).map((file) => ({ file })),
  fix: 'mend what is told of the tables, or leave fewer of them out.',
});

function refuseNoTables({ tables }: Schema, { schemaFiles }: Project): void {
  if (tables.length > 0) return;
  throw new ProblemError({
    stage: 'read',
    code: 'schema/no-tables',
    message: 'the schema exports no table. Nothing was written.',
    places: schemaFiles.map((file) => ({ file })),
    fix: "export the tables by name, or correct `schema` in drizzle-kit's config.",
  });
}
