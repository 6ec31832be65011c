import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gardenApp } from '../../src/apps/garden/app.ts';
import { gatewayApp } from '../../src/apps/gateway/app.ts';
import { mcpApp } from '../../src/apps/mcp/app.ts';
import { promptcraftApp } from '../../src/apps/promptcraft/app.ts';
import { commandsOf } from '../../src/cli/commands.ts';
import { run } from '../../src/cli/run.ts';
import { recordIo } from '../../src/command/record-io.fixture.ts';
import { withPatient } from '../../src/maintain/doctor/with-patient.ts';
import { migrate } from '../../src/migrations/index.ts';
import { doctor } from '../../src/ops.ts';
import type { PostgresServer } from '../../src/processes/postgres-server.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { findingsOf } from './examined.fixture.ts';
import { HEALTHY } from './planted-faults.fixture.ts';
import { PLANTED_ON_SERVERS } from './server-faults.fixture.ts';

const apps = [gardenApp, gatewayApp, mcpApp, promptcraftApp] as const;

// The doctor remembers the sizes of the tables here.
let folder: string;
let server: PostgresServer;
let url: string;
let sql: postgres.Sql;
const clients: postgres.Sql[] = [];
const connect = (to = url): postgres.Sql => {
  const client = postgres(to, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'a test' },
  });
  clients.push(client);
  return client;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'garden-doctor-'));
  server = await sharedPostgres();
  url = await server.createDatabase();
  sql = connect();
  await sql.unsafe(
    HEALTHY.replace(
      'create role app_user nologin;',
      () =>
        `do $$ begin create role app_user nologin; exception when duplicate_object then null; end $$;`,
    ),
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await Promise.all(clients.map((client) => client.end({ timeout: 1 })));
});

test('a healthy database has no findings, and everything but drift is checked', async () => {
  const { findings, notChecked } = await doctor(url);
  expect(findings).toEqual([]);
  expect(new Set(notChecked.map(({ check }) => check))).toEqual(
    new Set(['doctor/drift', 'doctor/migrations']),
  );
});

test.each(PLANTED_ON_SERVERS.map((one) => [one.check, one.name, one] as const))(
  '%s finds %s',
  async (check, _, { plant, object, evidence, limits }) => {
    const end = await plant(sql, connect, server);
    try {
      const findings = await withPatient(url, undefined, (patient) =>
        findingsOf(patient, check, limits),
      );
      const found = findings.filter((one) =>
        object instanceof RegExp ? object.test(one.object ?? '') : (one.object ?? null) === object,
      );
      expect(found.length, JSON.stringify(findings)).toBeGreaterThan(0);
      expect(found[0]?.evidence).toMatch(evidence);
    } finally {
      await end();
    }
  },
);

test('a role without privileges is told what was not checked', async () => {
  const name = `plain_${url.split('_').at(-1) ?? ''}`;
  await sql.unsafe(`create role ${name} login password 'x'; revoke all on notes from public;`);
  try {
    const plain = new URL(url);
    plain.username = name;
    plain.password = 'x';
    const { notChecked, checks, facts } = await doctor(plain.href);
    expect(facts.superuser).toBe(false);
    const reasons = Object.fromEntries(notChecked.map(({ check, reason }) => [check, reason]));
    expect(reasons).toMatchObject({
      'doctor/long-transaction': expect.stringContaining('pg_read_all_stats'),
      'doctor/tls': expect.stringContaining('pg_read_all_stats'),
      'doctor/weak-password': expect.stringContaining('may not read'),
      'doctor/trusted-login': expect.stringContaining('may not read'),
      'doctor/violated-check': expect.stringContaining('may not read'),
      'doctor/duplicate-key': expect.stringContaining('may not read'),
    });
    expect(checks).toContain('doctor/wraparound');
  } finally {
    await sql.unsafe(`drop role ${name}`);
  }
});

describe('the command', () => {
  const garden = async (...args: readonly string[]) => {
    const io = recordIo({ cwd: folder });
    const code = await run(['doctor', ...args], io, { commands: commandsOf(apps) });
    return { code, out: io.out(), err: io.err() };
  };
  let migrated: string;
  beforeAll(async () => {
    migrated = await server.createDatabase();
    await migrate(migrated, { folder: gardenApp.migrations });
  });

  test.each(apps.map((app) => [app.name, app] as const))(
    'the migrated %s is healthy',
    async (name, app) => {
      const own = name === 'garden' ? migrated : await server.createDatabase();
      if (name !== 'garden') await migrate(own, { folder: app.migrations });
      const { code, out, err } = await garden('--app', name, '--database-url', own, '--json');
      const { findings } = JSON.parse(out) as { findings: unknown[] };
      expect({ findings, code, err }).toEqual({ findings: [], code: 0, err: '' });
    },
  );

  test('drift and pending migrations are errors', async () => {
    const client = connect(migrated);
    await client.unsafe(
      'alter table tags alter column name drop not null; create table stray (id int primary key);',
    );
    const { code, out } = await garden('--app', 'garden', '--database-url', migrated);
    expect(code).toBe(1);
    expect(out).toContain('the column public.tags.name differs from its definition.');
    expect(out).toContain('notNull: false, defined as true');
    expect(out).toContain('the table public.stray is not in the definitions.');
    const empty = await server.createDatabase();
    const { out: pending } = await garden('--app', 'garden', '--database-url', empty);
    expect(pending).toContain('3 migrations are not applied: 0000_companion_before, 0001_garden');
  });

  test('tables are vacuumed, analyzed and counted', async () => {
    const maintain = async (...args: readonly string[]) => {
      const io = recordIo({ cwd: folder });
      const all = ['maintain', ...args, '--database-url', url];
      const code = await run(all, io, { commands: commandsOf(apps) });
      return { code, out: io.out() };
    };
    const vacuumed = await maintain('vacuum');
    expect(vacuumed).toMatchObject({
      code: 0,
      out: expect.stringContaining('vacuumed public.notes in'),
    });
    const { out } = await maintain('analyze', '--json');
    expect(JSON.parse(out)).toMatchObject({
      task: 'analyze',
      analyzed: expect.arrayContaining([expect.objectContaining({ table: 'public.users' })]),
    });
    const { out: stats } = await maintain('stats');
    expect(stats).toMatch(/^table .*\n(?:.*\n)*public\.notes +100 /);
  });

  test('a server that cannot be reached is exit code 2', async () => {
    const { code, err } = await garden('--database-url', 'postgres://a:b@127.0.0.1:1/x');
    expect(code).toBe(2);
    expect(err).toContain('database/unreachable');
  });
});
