import type { PGlite } from '@electric-sql/pglite';
import { text, uuid } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printRoleRules } from '../../src/cli/rules/print-role-rules.ts';
import {
  and,
  anyone,
  authenticated,
  databaseRole,
  defineAccess,
  eq,
  exists,
  id,
  instant,
  ne,
  owner,
  pgTable,
  serverOnly,
  type DatabaseRoleInput,
} from '../../src/kit/index.ts';
import type { Schema } from '../../src/model/schema.ts';
import { accessRules } from '../../src/read/drizzle/read-access.ts';
import { readSchema } from '../../src/read/drizzle/read-schema.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { deriveTests } from '../../src/testing/schema/derive-tests.ts';
import { readDerived } from '../../src/testing/schema/read-derived.ts';
import { kit, testProject } from '../../src/cli/generate/project.fixture.ts';
import { install } from './install.ts';

const { access } = defineAccess();
const backend = databaseRole('gateway_backend');
const columns = {
  id: id(),
  ownerId: uuid('owner_id').notNull(),
  status: text('status').notNull(),
  seenAt: instant('seen_at'),
  secret: serverOnly(text('secret')),
};
const servers = pgTable('servers', columns, (t) => [
  ...access(t, { read: owner(t.ownerId), insert: owner(t.ownerId) }),
  ...backend(t, {
    read: anyone,
    update: {
      rows: and(ne(t.status, 'deleted'), ne(t.status, 'locked')),
      columns: [t.status, t.seenAt],
    },
    delete: eq(t.status, 'deleted'),
  }),
]).enableRLS();
const requests = pgTable('requests', { id: id(), path: text('path').notNull() }, (t) => [
  ...backend(t, { insert: anyone }),
]).enableRLS();
const exports = { servers, requests };

let client: PGlite;
let schema: Schema;
beforeAll(async () => {
  client = await blankPostgres();
  schema = await install(client, exports);
  await client.exec(`insert into servers select gen_random_uuid(), gen_random_uuid(), status
    from unnest(array['active', 'locked', 'deleted']) status`);
});
afterAll(() => client.close());

/** Runs a statement as the role, and rolls it back. Returns the number of rows or the code. */
async function asBackend(statement: string): Promise<number | string> {
  try {
    await client.exec('begin; set local role gateway_backend');
    const { affectedRows, rows } = await client.query(statement);
    return rows.length || (affectedRows ?? 0);
  } catch (error) {
    return (error as { readonly code: string }).code;
  } finally {
    await client.exec('rollback');
  }
}

test.each<[string, string, number | string]>([
  ['it reads every row', 'select id, status from servers', 3],
  ['a server-only column stays closed', 'select secret from servers', '42501'],
  ['it updates its rows', 'update servers set seen_at = now()', 1],
  ['the new row has to meet the rule', "update servers set status = 'locked'", '42501'],
  ['it updates only its columns', 'update servers set owner_id = id', '42501'],
  ['it deletes its rows', 'delete from servers', 1],
  [
    'it does not insert',
    "insert into servers values (gen_random_uuid(), gen_random_uuid(), 'a')",
    '42501',
  ],
  [
    'it appends to a table without access rules',
    "insert into requests values (gen_random_uuid(), '/')",
    1,
  ],
  ['it does not read that table', 'select path from requests', '42501'],
])('%s', async (_, statement, expected) => {
  expect(await asBackend(statement)).toBe(expected);
});

const DDL = [
  'create table more (id int)',
  'create temporary table more (id int)',
  'create unlogged table more (id int)',
  'create table more as select 1',
  'select 1 as one into more',
  'create schema more',
  'create view more as select 1',
  'create materialized view more as select 1',
  'create temporary view more as select 1',
  'create sequence more',
  'create temporary sequence more',
  'create type more as enum ()',
  'create domain more as int',
  "create function more() returns int language sql as 'select 1'",
  'drop extension plpgsql',
  'create role more',
  'create publication more for table servers',
  'create event trigger more on ddl_command_start execute function pg_notify()',
  'create index on servers (status)',
  'create policy more on servers using (true)',
  'create trigger more before insert on servers for each row execute function pg_notify()',
  'create statistics more on id, status from servers',
  'create rule more as on insert to servers do nothing',
  'alter table servers add column more int',
  'alter table servers disable row level security',
  'alter table servers owner to gateway_backend',
  'alter policy gateway_backend_select on servers using (true)',
  'alter role gateway_backend bypassrls',
  'drop table servers',
  'drop policy gateway_backend_select on servers',
  'drop schema access cascade',
  'truncate servers',
  'comment on table servers is null',
  'reindex table servers',
  'cluster servers using servers_pkey',
  'set local session_replication_role = replica',
  "copy requests from program 'true'",
];
test.each(DDL)('every DDL statement is refused: %s', async (statement) => {
  expect(await asBackend(statement)).toMatch(/^(?:42501|42P17)$/);
});

test('the derived tests compare the role’s grants and policies', async () => {
  const failures = async () => {
    const report = await deriveTests({ client, db: drizzle(client) }, readDerived(exports), {
      parts: ['catalog'],
      zero: false,
      open: ['requests'],
    });
    return report.failures.map(({ subject }) => subject);
  };
  expect(await failures()).toEqual([]);
  await client.exec(`grant update (owner_id) on servers to gateway_backend;
    create policy more on requests to gateway_backend using (true)`);
  expect(await failures()).toEqual(
    expect.arrayContaining(['catalog grants on servers.owner_id', 'catalog policy requests.more']),
  );
  await client.exec(`revoke update (owner_id) on servers from gateway_backend;
    drop policy more on requests`);
});

test('the migration refuses a role that bypasses the policies', async () => {
  await client.exec('create role auditor bypassrls');
  const t = pgTable('audits', { id: id() }, (c) => [
    ...databaseRole('auditor')(c, { read: anyone }),
  ]).enableRLS();
  await expect(install(client, { t })).rejects.toThrow('the role auditor may bypass its policies');
});

test('the guard and Zero do not know the role; garden rules shows it', () => {
  expect(Object.keys(accessRules(exports).tables)).toEqual(['servers']);
  expect(JSON.stringify(accessRules(exports))).not.toContain('gateway_backend');
  const [, own] = schema.roleRules!;
  const lines = printRoleRules(own!, { paint: (_, line) => line, width: 100 });
  expect(lines.join('\n')).toBe(`servers, as the database role gateway_backend
  read           every row
                 columns: id, owner_id, status, seen_at
  insert         never
  update         the row's status is not "deleted" and the row's status is not "locked"
                 columns: status, seen_at
  delete         the row's status is "deleted"`);
});

const refusal = (input: (t: typeof servers) => DatabaseRoleInput, role = backend, rls = true) => {
  const t = pgTable('servers', columns, (c) => [...role(c, input(c as never))]);
  const { findings, refused } = readSchema({
    files: [{ file: '/schema.ts', exports: { t: rls ? t.enableRLS() : t } }],
  });
  return refused?.problem.code ?? findings[0]?.code;
};

test.each<[string, () => unknown, string]>([
  ['a reserved name', () => databaseRole('pg_monitor'), 'access/role-name'],
  ['a name that needs quotes', () => databaseRole('Gateway'), 'access/role-name'],
  ['a claim', () => refusal((t) => ({ read: owner(t.ownerId) })), 'access/role-rule'],
  ['a principal', () => refusal(() => ({ read: authenticated })), 'access/role-rule'],
  [
    'another table',
    () => refusal((t) => ({ read: exists(() => requests, { id: t.id }) })),
    'access/role-rule',
  ],
  [
    'an update of no column',
    () => refusal(() => ({ update: { rows: anyone, columns: [] } })),
    'access/role-rule',
  ],
  ['the role of access()', () => refusalOfApp(), 'access/role-name'],
  [
    'a table without RLS',
    () => refusal(() => ({ read: anyone }), backend, false),
    'access/no-enable-rls',
  ],
  [
    'a column of another table',
    () => refusal((t) => ({ update: { rows: anyone, columns: [t.status, requests.path] } })),
    'access/wrong-table',
  ],
])('%s is refused', (_, run, code) => {
  try {
    expect(run()).toBe(code);
  } catch (error) {
    expect(error).toMatchObject({ problem: { code } });
  }
});

function refusalOfApp(): string | undefined {
  const t = pgTable('servers', columns, (c) => [
    ...access(c, { read: anyone }),
    ...databaseRole('app_user')(c, { read: anyone }),
  ]).enableRLS();
  return readSchema({ files: [{ file: '/schema.ts', exports: { t } }] }).refused?.problem.code;
}

test('garden generate writes the role, its grants and its policies into a migration', async () => {
  using project = testProject({
    'schema.ts': `import { integer } from 'drizzle-orm/pg-core';
import { anyone, databaseRole, id, pgTable } from ${kit};
const backend = databaseRole('generated_backend');
export const jobs = pgTable('jobs', { id: id(), tries: integer('tries').notNull() }, (t) => [
  ...backend(t, { read: anyone, update: { rows: anyone, columns: [t.tries] } }),
]).enableRLS();
`,
  });
  expect(await project.generate()).toMatchObject({ code: 0, err: '' });
  const sql = Object.values(project.migrations()).join('\n');
  expect(sql).toContain('create role "generated_backend"');
  expect(sql).toContain('grant update ("tries") on "public"."jobs" to "generated_backend"');
  expect(sql).toMatch(/create policy .* on "public"\."jobs"[^;]* to "generated_backend"/);
  expect(await project.generate(['--check'])).toMatchObject({ code: 0, err: '' });
});
