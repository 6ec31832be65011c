import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOCTOR_CHECKS } from '../../src/maintain/doctor/doctor-checks.ts';
import { doctor } from '../../src/ops.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { findingsOf, insideTransaction } from './examined.fixture.ts';
import { HEALTHY, PLANTED } from './planted-faults.fixture.ts';
import { PLANTED_ON_SERVERS } from './server-faults.fixture.ts';

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
  await client.exec(HEALTHY);
});
afterAll(() => client.close());

test('a healthy database has no findings, and says what was not checked', async () => {
  const { findings, notChecked, checks, facts } = await doctor(client);
  expect(findings).toEqual([]);
  expect(notChecked.map(({ check }) => check)).toContain('doctor/connections');
  expect(notChecked.map(({ check }) => check)).toContain('doctor/drift');
  expect(checks).toContain('doctor/orphaned-row');
  expect(checks).toContain('lint/invalid-index');
  expect(facts.tables['public.notes']).toBeGreaterThan(8192);
});

test.each(PLANTED.map((one) => [one.check, one.name, one] as const))(
  '%s finds %s',
  async (check, _, { sql, object, severity = 'warning', evidence, limits }) => {
    await client.exec('begin');
    try {
      const patient = insideTransaction(client);
      expect(await findingsOf(patient, check)).toEqual([]);
      await client.exec(sql);
      const findings = await findingsOf(patient, check, limits);
      const found = findings.filter((one) => (one.object ?? null) === object);
      expect(found, JSON.stringify(findings)).toHaveLength(1);
      expect(found[0]).toMatchObject({ severity, code: `doctor/${check}` });
      expect(found[0]?.evidence).toMatch(evidence);
      expect(found[0]?.fix).not.toBe('');
      expect(found[0]?.message).toMatch(/\.$/);
    } finally {
      await client.exec('rollback');
    }
  },
);

test('every check has a planted fault', () => {
  const planted = new Set(
    [...PLANTED, ...PLANTED_ON_SERVERS].map(({ check }) => `doctor/${check}`),
  );
  // A collation library cannot be changed here; its version can, on a server.
  expect(DOCTOR_CHECKS.map(({ code }) => code).filter((code) => !planted.has(code))).toEqual([]);
});

test('the findings of the linter have a group and evidence', async () => {
  await client.exec('begin');
  try {
    await client.exec(`drop index notes_user;
      create index users_name on users (name); create unique index users_email on users (email);
      update pg_index set indisvalid = false where indexrelid = 'users_email'::regclass;
      alter table notes add constraint loose check (id > 0) not valid;
      create function runs() returns void language sql security definer as 'select 1';
      revoke execute on function runs() from public;`);
    const inTransaction = {
      exec: (sql: string) => client.exec(sql),
      query: <Row>(sql: string, parameters?: string[]) => client.query<Row>(sql, parameters),
      async transaction<Result>(work: (tx: never) => Promise<Result>) {
        await client.exec('savepoint look');
        const tx = {
          exec: (sql: string) => client.exec(sql.replace(/set transaction read only;?/, '')),
          query: <Row>(sql: string) => client.query<Row>(sql),
        };
        try {
          return await work(tx as never);
        } finally {
          await client.exec('rollback to savepoint look');
        }
      },
    };
    const { findings } = await doctor(inTransaction);
    const told = findings.map(({ code, group, object = '' }) => `${group} ${code} ${object}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'integrity lint/invalid-index public.users.users_email',
        'integrity lint/not-valid-constraint public.notes.loose',
        'indexes lint/foreign-key-index public.notes.user_id',
        'indexes lint/redundant-index public.users.users_name',
        'security lint/definer-search-path public.runs()',
      ]),
    );
    expect(findings.every(({ evidence }) => evidence !== '')).toBe(true);
  } finally {
    await client.exec('rollback');
  }
});
