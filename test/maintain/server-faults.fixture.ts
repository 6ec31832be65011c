import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type postgres from 'postgres';
import type { PostgresServer } from '../../src/processes/postgres-server.ts';
import type { DoctorLimits } from '../../src/maintain/doctor/doctor-limits.ts';

/** A fault that needs a server: several sessions, processes, statistics. */
export interface PlantedOnServer {
  readonly check: string;
  readonly name: string;
  /** Plants it, and returns how to end sessions. */
  plant(
    sql: postgres.Sql,
    connect: (url?: string) => postgres.Sql,
    server: PostgresServer,
  ): Promise<() => Promise<void>>;
  readonly object: string | RegExp | null;
  readonly evidence: RegExp;
  readonly limits?: Partial<DoctorLimits>;
}

const nothing = async (): Promise<void> => {};

const run =
  (...statements: readonly string[]) =>
  async (sql: postgres.Sql): Promise<() => Promise<void>> => {
    for (const statement of statements) await sql.unsafe(statement);
    return nothing;
  };

/** A transaction of another session. */
async function openTransaction(
  other: postgres.Sql,
  statement: string,
): Promise<() => Promise<void>> {
  const session = await other.reserve();
  await session.unsafe('begin').simple();
  await session.unsafe(statement);
  return async () => {
    await session.unsafe('rollback').simple();
    session.release();
  };
}

/** Counters arrive in the statistics after a session is idle. */
const FLUSH = 'select pg_stat_force_next_flush()';

export const PLANTED_ON_SERVERS: readonly PlantedOnServer[] = [
  {
    check: 'connections',
    name: 'connections in use',
    plant: run('select 1'),
    object: null,
    evidence: /backends; max_connections: \d+/,
    limits: { connections: 0.001 },
  },
  {
    check: 'replication-slot',
    name: 'a slot that nothing reads',
    async plant(sql) {
      await sql`select pg_create_logical_replication_slot('left_behind', 'pgoutput')`;
      return async () => void (await sql`select pg_drop_replication_slot('left_behind')`);
    },
    object: 'left_behind',
    evidence: /active: f; wal_status: reserved/,
  },
  {
    check: 'long-transaction',
    name: 'a session that is idle in a transaction',
    plant: (_, connect) => openTransaction(connect(), 'select 1'),
    object: /^pid \d+$/,
    evidence: /state idle in transaction/,
    limits: { idleSeconds: 0 },
  },
  {
    check: 'lock-wait',
    name: 'a session that waits',
    async plant(sql, connect) {
      const end = await openTransaction(connect(), 'lock table notes');
      const waiting = connect()`select count(*) from notes`.execute();
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      void sql;
      return async () => {
        await end();
        await waiting;
      };
    },
    object: 'public.notes',
    evidence: /blocked by process \d+/,
    limits: { lockSeconds: 0.1 },
  },
  {
    check: 'autovacuum',
    name: 'a table without autovacuum',
    plant: run('alter table notes set (autovacuum_enabled = false)'),
    object: 'public.notes',
    evidence: /autovacuum_enabled=false/,
  },
  {
    check: 'autovacuum',
    name: 'dead rows that are not removed',
    plant: run(
      'create table churn (n int primary key, note text) with (autovacuum_vacuum_threshold = 2000000000)',
      "insert into churn select n, 'a' from generate_series(1, 1000) n",
      "update churn set note = 'b'",
      'analyze churn',
      FLUSH,
    ),
    object: 'public.churn',
    evidence: /dead rows: \d{3,}/,
    limits: { staleRows: 100 },
  },
  {
    check: 'cache-hits',
    name: 'reads from the disk',
    plant: run('select count(*) from notes', FLUSH),
    object: /./,
    evidence: /blks_hit: \d+; blks_read: \d+/,
    limits: { cacheReads: 0, cacheHits: 1.1 },
  },
  {
    check: 'unused-index',
    name: 'an index without scans',
    plant: run('create index notes_title on notes (title)', 'select count(*) from notes', FLUSH),
    object: 'public.notes.notes_title',
    evidence: /scans: 0/,
    limits: { indexBytes: 1, tableReads: 1 },
  },
  {
    check: 'sequential-scans',
    name: 'a table that is read from beginning to end',
    plant: run("select count(*) from churn where note = 'x'", FLUSH),
    object: 'public.churn',
    evidence: /sequential scans: \d+, of \d+ rows each/,
    limits: { scannedRows: 1, scans: 1 },
  },
  {
    check: 'collation-version',
    name: 'another version of the library',
    async plant(sql) {
      // A database with the locale C has no version.
      await sql`update pg_database set datlocprovider = 'i', datlocale = 'en', datcollversion = '0.0' where datname = current_database()`;
      return async () =>
        void (await sql`update pg_database set datlocprovider = 'c', datlocale = null, datcollversion = null where datname = current_database()`);
    },
    object: /./,
    evidence: /version when the database was made: 0\.0/,
  },
  {
    check: 'tls',
    name: 'a connection without TLS',
    plant: run('select 1'),
    object: null,
    evidence: /ssl false/,
    limits: { localNetworks: ['10.0.0.0/8'] },
  },
  {
    check: 'trusted-login',
    name: 'a line of pg_hba.conf that needs no password',
    async plant(_, __, { dataFolder }) {
      const file = join(dataFolder, 'pg_hba.conf');
      const before = readFileSync(file, 'utf8');
      appendFileSync(file, 'host all all 203.0.113.0/24 trust\n');
      return async () => writeFileSync(file, before);
    },
    object: null,
    evidence: /pg_hba\.conf line \d+: host all all 203\.0\.113\.0\/255\.255\.255\.0 trust/,
  },
  {
    check: 'standby-lag',
    name: 'a subscriber that has not confirmed yet',
    async plant(sql, connect, { createDatabase, url }) {
      const copyUrl = await createDatabase();
      const copy = connect(copyUrl);
      const name = `sub_${copyUrl.split('/').at(-1) ?? ''}`;
      const here = new URL(url);
      here.pathname = `/${sql.options.database}`;
      await sql.unsafe(
        'create table sent (id int primary key); create publication sending for table sent',
      );
      await sql`select pg_create_logical_replication_slot(${name}, 'pgoutput')`;
      await copy.unsafe('create table sent (id int primary key)');
      await copy.unsafe(
        `create subscription ${name} connection '${here.href}' publication sending with (create_slot = false, slot_name = '${name}', copy_data = false)`,
      );
      for (let at = 0; at < 300; at += 1) {
        await sql`insert into sent values (${at})`;
        const [row] = await sql<{ lag: string | null }[]>`
          select replay_lag::text as lag from pg_stat_replication where application_name = ${name}`;
        if (typeof row?.lag === 'string') break;
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
      }
      return async () => {
        await copy.unsafe(`drop subscription ${name}`);
        await sql.unsafe('drop publication sending; drop table sent');
      };
    },
    object: /^sub_/,
    evidence: /replay_lag/,
    limits: { lagSeconds: -1 },
  },
];
