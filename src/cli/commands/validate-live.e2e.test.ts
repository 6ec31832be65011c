import { createServer } from 'node:net';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gardenApp } from '../../apps/garden/app.ts';
import { recordIo } from '../../command/record-io.fixture.ts';
import { blankDump } from '../../postgres/blank-dump.ts';
import type { PostgresServer } from '../../processes/postgres-server.ts';
import { sharedPostgres } from '../../processes/shared-postgres.fixture.ts';
import { commandsOf } from '../commands.ts';
import { testProject } from '../generate/project.fixture.ts';
import { run } from '../run.ts';

let server: PostgresServer;
let url: string;
let sql: postgres.Sql;
beforeAll(async () => {
  server = await sharedPostgres();
  url = await server.createDatabase();
  sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  await sql.unsafe(`create table users (id uuid primary key);
    create table notes (id uuid primary key, author_id uuid references users on delete cascade);
    create index again on notes (id);
    create policy open on notes using (true);`);
});
afterAll(() => sql.end());

async function validate(...args: readonly string[]) {
  using project = testProject({});
  const io = recordIo({ cwd: project.folder });
  const code = await run(['validate', ...args], io, { commands: commandsOf([gardenApp]) });
  return { code, out: io.out(), err: io.err() };
}

interface Printed {
  readonly findings: readonly { readonly code: string; readonly object: string }[];
  readonly notJudged: readonly { readonly rule?: string; readonly reason: string }[];
}

async function found(address: string) {
  const { code, out, err } = await validate('--database-url', address, '--json');
  expect(err).toBe('');
  const { findings, notJudged } = JSON.parse(out) as Printed;
  return { code, findings: findings.map((one) => `${one.code} ${one.object}`), notJudged };
}

/** The same database, for another login. */
async function asRole(name: string, grant: string): Promise<string> {
  await sql.unsafe(`drop role if exists ${name}; create role ${name} login password 'p'; ${grant}`);
  const other = new URL(url);
  other.username = name;
  other.password = 'p';
  return other.href;
}

test('a live database is judged by the same rules', async () => {
  const { code, findings } = await found(url);
  expect(code).toBe(1);
  expect(findings).toEqual(
    expect.arrayContaining([
      'lint/foreign-key-index public.notes.author_id',
      'lint/redundant-index public.notes.again',
      'lint/policy-without-rls public.notes',
    ]),
  );
  expect(new Set(findings.map((one) => one.split(' ')[1]?.split('.')[1]))).toEqual(
    new Set(['notes']),
  );
});

test('a standby is judged, and its delay is told', async () => {
  const standby = await server.createDatabase();
  const maker = postgres(standby, { max: 1, onnotice: () => {} });
  // This database says that it is one; nothing else of a standby matters here.
  await maker.unsafe(`create table a (id int); set allow_system_table_mods = on;
    create or replace function pg_catalog.pg_is_in_recovery() returns boolean
      language sql stable return true`);
  await maker.end();
  const { findings, notJudged } = await found(standby);
  expect(findings).toContain('lint/no-primary-key public.a');
  expect(notJudged).toContainEqual({
    object: 'changes that the standby has not replayed yet',
    reason: 'the server is a standby, and may be behind its primary',
  });
});

test('a role without privileges reads the catalog too', async () => {
  expect(
    await found(
      await asRole(
        'nobody_special',
        'alter role nobody_special set default_transaction_read_only = on',
      ),
    ),
  ).toEqual(await found(url));
});

test('what the role may not read is not judged, and never passed', async () => {
  const role = await asRole('blindfold', '');
  try {
    await sql`revoke select on pg_policy from public`;
    const { code, findings, notJudged } = await found(role);
    expect(code).toBe(0);
    expect(findings).toEqual([
      'lint/redundant-index public.notes.again',
      'lint/foreign-key-index public.notes.author_id',
    ]);
    const blind = notJudged.filter(({ reason }) => reason.includes('may not read it'));
    expect(blind.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['lint/policy-without-rls', 'lint/policy-call-per-row']),
    );
    expect(blind[0]?.reason).toBe(
      'the login role may not read it: permission denied for table pg_policy',
    );
  } finally {
    await sql`grant select on pg_policy to public`;
  }
});

test('a role that sees no tables at all cannot judge anything', async () => {
  const role = await asRole('blind', '');
  try {
    await sql`revoke select on pg_class from public`;
    const { code, err } = await validate('--database-url', role);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^database\/permission: the login role lacks a privilege: permission denied/,
    );
  } finally {
    await sql`grant select on pg_class to public`;
  }
});

describe('where nothing can be judged, one sentence says why, and the code is 2', () => {
  test.each<[string, (address: URL) => string, RegExp]>([
    ['a wrong password', (u) => ((u.password = 'x'), u.href), /^database\/login: /],
    ['no such database', (u) => ((u.pathname = '/none'), u.href), /^database\/no-database: /],
    ['nothing listens', (u) => ((u.port = '1'), u.href), /^database\/unreachable: /],
    ['not a URL', () => 'localhost', /^database\/bad-url: /],
  ])('%s', async (_, change, message) => {
    const { code, out, err } = await validate('--database-url', change(new URL(url)));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('an empty database', async () => {
    const empty = await server.createDatabase();
    const { code, err } = await validate('--database-url', empty);
    expect(code).toBe(2);
    expect(err).toMatch(/^validate\/no-tables: the database has no tables/);
  });

  test('a server that never answers', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    try {
      const { port } = silent.address() as { port: number };
      const { code, err } = await validate(
        '--database-url',
        `postgres://a@127.0.0.1:${port}/b?connect_timeout=1`,
      );
      expect(code).toBe(2);
      expect(err).toMatch(/^database\/unreachable: the server did not answer/);
    } finally {
      silent.close();
    }
  });

  test('a table that another session holds', async () => {
    const view = await server.createDatabase();
    const holder = postgres(view, { max: 1, onnotice: () => {} });
    try {
      await holder.unsafe('create table a (id int primary key); create view v as select * from a');
      await holder.begin(async (tx) => {
        await tx.unsafe('lock pg_policy in access exclusive mode');
        const { code, err } = await validate('--database-url', view);
        expect(code).toBe(2);
        expect(err).toMatch(
          /^database\/too-slow: the catalog of the database could not be read within/,
        );
      });
    } finally {
      await holder.end();
    }
  });
});

test('an embedded database in a folder', async () => {
  using project = testProject({});
  const { PGlite } = await import('@electric-sql/pglite');
  const { vector } = await import('@electric-sql/pglite-pgvector');
  // A new database on the disk takes most of a minute on a busy machine.
  const db = await PGlite.create(`${project.folder}/data`, {
    loadDataDir: await blankDump(),
    extensions: { vector },
  });
  await db.exec('create extension vector; create table a (id int, e vector(3))');
  await db.close();
  const io = recordIo({ cwd: project.folder });
  const code = await run(['validate', '--data', 'data'], io, { commands: commandsOf([gardenApp]) });
  expect({ code, err: io.err() }).toEqual({ code: 1, err: '' });
  expect(io.out()).toContain('lint/no-primary-key');
  expect(io.out()).toContain('lint/vector-index');
});

test('1,000 tables of 12 columns take at most 3 seconds', async () => {
  const large = await server.createDatabase();
  const maker = postgres(large, { max: 1, onnotice: () => {} });
  try {
    const columns = Array.from({ length: 11 }, (_, at) => `c${at} text not null`).join(', ');
    for (let from = 0; from < 1000; from += 100) {
      await maker.unsafe(
        Array.from(
          { length: 100 },
          (_, at) => `create table t${from + at} (id uuid primary key, ${columns});`,
        ).join('\n'),
      );
    }
  } finally {
    await maker.end();
  }
  const cpu = process.cpuUsage();
  const started = performance.now();
  const { code, out } = await validate('--database-url', large);
  const { user, system } = process.cpuUsage(cpu);
  expect(code).toBe(0);
  expect(out).toContain('in 1000 tables');
  // A busy machine stretches the time, and not the work.
  const seconds = (performance.now() - started) / 1000;
  expect(Math.min(seconds, ((user + system) / 1e6) * 2)).toBeLessThan(3);
});
