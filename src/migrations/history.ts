import { ProblemError } from '../report/problem.ts';
import { fixBlocked, showBlocker } from '../postgres/blocker.ts';
import { readDatabaseError } from '../postgres/database-error.ts';
import type { Migration } from './migration.ts';
import type { AppliedRow } from './plan-pending.ts';
import type { Executor, Session } from '../postgres/session.ts';
import { watchBlockers } from './watch-blockers.ts';

/** Drizzle's own table, so that its migrator and this one see the same history. */
const table = 'drizzle.__drizzle_migrations';
const columns = '(id serial primary key, hash text not null, created_at bigint)';

/** What the database says it has, or nothing where no migrator was here yet. */
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

/** Makes the table where it is missing. Schema first looked for: CREATE needs the right even IF EXISTS. */
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
        message: `the role may not create the table that keeps the history: ${said.message}.`,
        object: table,
        context: [place],
        fix: 'run this as the owner of the database, or let the owner run: GRANT CREATE ON DATABASE … TO …; CREATE SCHEMA drizzle AUTHORIZATION …;',
      },
      { cause: error },
    );
  }
}

/** The hash is hexadecimal and the time a number, so nothing needs quoting. */
export async function recordMigration(tx: Executor, { hash, when }: Migration): Promise<void> {
  await tx.run(`insert into ${table} (hash, created_at) values ('${hash}', ${when})`);
}

/** What a person runs to record a file whose contents the database already has. */
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

/** Reading and making the table can wait for others too, before any file is begun. */
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
        message: 'somebody else holds the table that keeps the history. Nothing was changed.',
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
