import { ProblemError } from '../report/problem.ts';
import { fixBlocked, showBlocker } from '../postgres/blocker.ts';
import { readDatabaseError } from '../postgres/database-error.ts';
import type { Migration } from './migration.ts';
import type { AppliedRow } from './plan-pending.ts';
import type { Executor, Session } from '../postgres/session.ts';
import { watchBlockers } from './watch-blockers.ts';

/** Drizzle's table, so that both migrators share one history. */
const table = 'drizzle.__drizzle_migrations';
const columns = '(id serial primary key, hash text not null, created_at bigint)';

/** The applied migrations; empty if no migrator has run yet. */
export async function readHistory(tx: Executor): Promise<readonly AppliedRow[]> {
  if (!(await exists(tx, `to_regclass('${table}')`))) return [];
  const rows = await tx.rows<{ hash: string; created_at: string | null }>(
    `select hash, created_at::text as created_at from ${table} order by created_at, id`,
  );
  return rows.map((row) => ({
    hash: row.hash,
    when: row.created_at === null ? undefined : Number(row.created_at),
  }));
}

/** Creates the table if it is missing. Checks first, because even CREATE … IF NOT EXISTS needs the privilege. */
export async function createHistory(tx: Executor, place: string): Promise<void> {
  try {
    if (!(await exists(tx, `to_regnamespace('drizzle')`))) await tx.run('create schema drizzle');
    if (await exists(tx, `to_regclass('${table}')`)) return;
    await tx.run(`create table ${table} ${columns}`);
  } catch (error) {
    const said = readDatabaseError(error);
    if (said?.code !== '42501') throw error;
    throw new ProblemError(
      {
        code: 'migrate/no-permission',
        message: `the login role may not create the migrations history table: ${said.message}.`,
        object: table,
        context: [place],
        fix: 'run this as the owner of the database, or have the owner run: GRANT CREATE ON DATABASE … TO …; CREATE SCHEMA drizzle AUTHORIZATION …;',
      },
      { cause: error },
    );
  }
}

/** No quoting is needed: the hash is hexadecimal and the time is a number. */
export async function recordMigration(tx: Executor, { hash, when }: Migration): Promise<void> {
  await tx.run(`insert into ${table} (hash, created_at) values ('${hash}', ${when})`);
}

/** SQL for a user to record a migration whose changes are already in the database. */
export function recordByHand({ hash, when }: Migration): string {
  return [
    'create schema if not exists drizzle;',
    `create table if not exists ${table} ${columns};`,
    `insert into ${table} (hash, created_at) values ('${hash}', ${when});`,
  ].join('\n');
}

async function exists(tx: Executor, expression: string): Promise<boolean> {
  const [row] = await tx.rows<{ found: boolean }>(
    `select pg_catalog.${expression} is not null as found`,
  );
  return row?.found === true;
}

/** Reports the blockers if reading or creating the history table times out on a lock. */
export async function unlessBlocked<Result>(
  session: Session,
  lockTimeout: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const watch = watchBlockers(session, lockTimeout, () => {});
  try {
    return await work();
  } catch (cause) {
    if (readDatabaseError(cause)?.code !== '55P03') throw cause;
    throw new ProblemError(
      {
        code: 'migrate/blocked',
        message:
          'another session holds a lock on the migrations history table. Nothing was changed.',
        object: table,
        context: [session.place, ...watch.seen.map(showBlocker)],
        fix: fixBlocked(watch.seen),
      },
      { cause },
    );
  } finally {
    watch.stop();
  }
}
