import postgres from 'postgres';
import { migrate, type MigrateResult } from '../../../migrations/index.ts';
import { keepMigrations } from '../../../project/dev/keep-migrations.ts';
import {
  isWider,
  lossyStatements,
  type LossyStatement,
} from '../../../project/dev/lossy-statements.ts';
import type { Planned } from '../../../project/generate/plan-targets.ts';
import { ProblemError } from '../../../report/problem.ts';

import { untilReplicated } from './until-replicated.ts';

export interface Applied {
  /** The written files: migrations and Zero files. */
  readonly written: readonly string[];
  /** The tags of the applied migrations. */
  readonly applied: readonly string[];
  readonly alreadyApplied: number;
}

/**
 * Writes the migrations of a plan, applies all pending migrations, and waits for zero-cache. Then
 * it writes the Zero files, which open pages load immediately. A migration that would lose data is
 * not written, and one that the database refuses is removed.
 */
export async function applyDefinitions(
  { plans, migrations, made: { project } }: Planned,
  databaseUrl: string,
  signal: AbortSignal,
): Promise<Applied> {
  const statements = migrations?.missing.map(({ text }) => text) ?? [];
  await refuseLoss(lossyStatements(statements), databaseUrl);
  const restore = keepMigrations(project.out);
  const written: string[] = [];
  let migrated: MigrateResult;
  try {
    written.push(...((await migrations?.write()) ?? []));
    migrated = await migrate(databaseUrl, { folder: project.out, signal });
  } catch (error) {
    if (written.length === 0) throw error;
    restore();
    if (!(error instanceof ProblemError)) throw error;
    const { problem, others } = error;
    const message = `${problem.message} The migration was not kept.`;
    throw new RefusedMigration({ ...problem, message }, { cause: error, others });
  }
  const { applied, alreadyApplied } = migrated;
  if (applied.length > 0) await untilReplicated(databaseUrl, signal);
  for (const plan of plans) if (plan !== migrations) written.push(...(await plan.write()));
  return { written, applied, alreadyApplied };
}

/** The database refused a migration, and its files were removed. */
export class RefusedMigration extends ProblemError {}

/** The current type of a column; undefined if there is none. Both names are quoted. */
async function typeOf(sql: postgres.Sql, table: string, column = ''): Promise<string | undefined> {
  const [found] = await sql<[{ type: string }?]>`
    select format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = to_regclass(${table}) and quote_ident(attname) in (${column}, trim(both '"' from ${column}))`;
  return found?.type;
}

/** Throws if one of the statements would delete or convert existing values. */
async function refuseLoss(
  statements: readonly LossyStatement[],
  databaseUrl: string,
): Promise<void> {
  if (statements.length === 0) return;
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const problems: string[] = [];
  try {
    for (const { text, table, column, type } of statements) {
      if (type !== undefined && isWider((await typeOf(sql, table, column)) ?? '', type)) continue;
      const having = column === undefined ? '' : ` where ${column} is not null`;
      const [counted] = await sql
        .unsafe<[{ rows: number }]>(`select count(*)::int as rows from ${table}${having}`)
        // A table that another pending migration creates has no rows yet.
        .catch(() => [{ rows: 0 }]);
      const rows = counted?.rows ?? 0;
      if (rows > 0) problems.push(`${text.trim()}  (${rows} ${rows === 1 ? 'row' : 'rows'})`);
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
  if (problems.length === 0) return;
  throw new ProblemError({
    code: 'dev/would-lose-data',
    message: `the change would delete or convert existing data, so it was not applied: ${problems.join('; ')}.`,
    fix: 'undo it; or accept it: run `garden generate` in another terminal, and garden dev applies that migration.',
  });
}
