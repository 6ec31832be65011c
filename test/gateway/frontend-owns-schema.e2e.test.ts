import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatewayMigrations } from '../../src/apps/gateway/migrations-folder.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';

const PASSWORD = 'backend-of-a-test';
const SERVER = '0190c8b0-0000-7000-8000-000000000001';

let owner: Sql;
let backend: Sql;
beforeAll(async () => {
  const server = await sharedPostgres();
  const url = await server.createDatabase();
  await migrate(url, { folder: gatewayMigrations });
  owner = postgres(url, { max: 1, onnotice: () => {} });
  // As docs/gateway.md shows it: the migrations make the role without a login.
  await owner.unsafe(`alter role gateway_backend login password '${PASSWORD}'`);
  const login = new URL(url);
  [login.username, login.password] = ['gateway_backend', PASSWORD];
  backend = postgres(login.href, { max: 1, onnotice: () => {} });
  await owner.unsafe(`
    insert into organizations (id, name, slug, created_at, updated_at) values ('${SERVER}', 'Engines', 'engines', now(), now());
    insert into mcp_servers (id, name, url, tenant_id, transport, timeout_ms, status, is_public, created_at, updated_at)
      values ('${SERVER}', 'one', 'https://example.com', '${SERVER}', 'sse', 1000, 'active', false, now(), now());
    create function other() returns void language sql as 'select';
    create function on_ddl() returns event_trigger language plpgsql as 'begin end';
    create type mood as enum ('fine');
    create schema other_schema;
    create view summary as select 1 as one;
    create materialized view stored as select 1 as one;
    create foreign data wrapper wrapper;
    create server elsewhere foreign data wrapper wrapper;
    select make_partitions('server_requests', 0, '2001-01-01');
    create role bystander`);
});
afterAll(async () => {
  await owner.unsafe('alter role gateway_backend nologin password null; drop role bystander');
  await Promise.all([owner.end(), backend.end()]);
});

/** The number of rows of a statement, or its SQLSTATE. Nothing is kept. */
async function outcome(client: Sql, statement: string): Promise<number | string> {
  let result: number | string = 'none';
  await client
    .begin(async (tx) => {
      ({ count: result } = await tx.unsafe(statement));
      throw new Error('rolled back');
    })
    .catch((error: { readonly code?: string; readonly message: string }) => {
      if (error.code !== undefined) result = `${error.code} ${error.message}`;
    });
  return result;
}

test('it is a login of its own, which owns nothing and bypasses nothing', async () => {
  const [role] =
    await backend`select current_user::text as name, session_user::text as login, rolsuper, rolbypassrls,
      rolcreaterole, rolcreatedb, rolreplication,
      (select count(*)::int from pg_auth_members where member = pg_roles.oid) as memberships,
      (select count(*)::int from pg_class where relowner = pg_roles.oid) as owned
    from pg_roles where rolname = current_user`;
  expect(role).toEqual({
    name: 'gateway_backend',
    login: 'gateway_backend',
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolreplication: false,
    memberships: 0,
    owned: 0,
  });
});

const DDL: Readonly<Record<string, readonly string[]>> = {
  create: [
    'create table more (id int)',
    'create temporary table more (id int)',
    'create unlogged table more (id int)',
    'create table if not exists more (id int)',
    'create table more as select 1',
    'create table more (like mcp_servers including all)',
    "create table more partition of server_requests for values from ('2001-02-01') to ('2001-03-01')",
    'create table more (id uuid) inherits (mcp_servers)',
    'select 1 as one into more',
    'create schema more',
    'create view more as select 1',
    'create or replace view summary as select 1 as one',
    'create materialized view more as select 1',
    'create temporary view more as select 1',
    'create sequence more',
    'create temporary sequence more',
    "create type more as enum ('a')",
    'create type more as (a int)',
    'create type more as range (subtype = int)',
    'create domain more as int',
    "create function more() returns int language sql as 'select 1'",
    "create procedure more() language sql as 'select 1'",
    'create aggregate more(int) (sfunc = int4pl, stype = int)',
    'create operator ### (leftarg = int, rightarg = int, function = int4pl)',
    'create cast (text as mood) with inout',
    'create collation more from "C"',
    'create text search configuration more (copy = simple)',
    'create index on mcp_servers (status)',
    'create unique index on server_requests (id, created_at)',
    'create statistics more on id, status from mcp_servers',
    'create policy more on mcp_servers using (true)',
    'create trigger more before insert on mcp_servers for each row execute function suppress_redundant_updates_trigger()',
    'create rule more as on insert to mcp_servers do nothing',
    'create event trigger more on ddl_command_start execute function on_ddl()',
    'create extension pg_trgm',
    'create role more',
    'create user more',
    'create publication more for table mcp_servers',
    'create foreign data wrapper more',
    'create server more foreign data wrapper wrapper',
    'create language more handler plpgsql_call_handler',
  ],
  alter: [
    'alter table mcp_servers add column more int',
    'alter table mcp_servers drop column status cascade',
    'alter table mcp_servers alter column status drop not null',
    'alter table mcp_servers rename to more',
    'alter table mcp_servers rename column status to more',
    'alter table mcp_servers add constraint more check (true)',
    'alter table mcp_servers disable row level security',
    'alter table mcp_servers no force row level security',
    'alter table mcp_servers disable trigger user',
    'alter table mcp_servers owner to gateway_backend',
    'alter table mcp_servers set schema other_schema',
    'alter table server_requests detach partition server_requests_p2001_01',
    'alter index idx_mcp_servers_search rename to more',
    'alter policy gateway_backend_select on mcp_servers using (true)',
    'alter view performance_monitoring reset (security_invoker)',
    "alter type user_role add value 'root'",
    "alter type mood add value 'more'",
    'alter function other() security definer',
    'alter function other() owner to gateway_backend',
    'alter schema public rename to more',
    'alter default privileges for role postgres grant all on tables to gateway_backend',
    'alter role gateway_backend bypassrls',
    'alter role gateway_backend superuser',
    'alter role gateway_backend createrole',
    'alter role bystander login',
    'alter database postgres set work_mem = 64',
  ],
  'drop and truncate': [
    'drop table mcp_servers cascade',
    'drop table if exists server_requests cascade',
    'drop index idx_mcp_servers_search',
    'drop view performance_monitoring',
    'drop policy gateway_backend_select on mcp_servers',
    'drop function other()',
    'drop type mood',
    'drop schema public cascade',
    'drop extension plpgsql cascade',
    'drop role bystander',
    'drop owned by bystander',
    'truncate mcp_servers cascade',
    'truncate server_requests',
  ],
  'rights, labels and maintenance': [
    'grant all on mcp_servers to public',
    'grant all on mcp_servers to gateway_backend',
    'grant postgres to gateway_backend',
    'grant gateway_user to gateway_backend',
    'revoke select on mcp_servers from gateway_user',
    "comment on table mcp_servers is 'x'",
    "comment on column mcp_servers.status is 'x'",
    'reindex table mcp_servers',
    'reindex index mcp_servers_pkey',
    'cluster mcp_servers using mcp_servers_pkey',
    'refresh materialized view stored',
    'alter server elsewhere owner to gateway_backend',
    'create foreign table more (id int) server elsewhere',
    'reassign owned by bystander to gateway_backend',
    'lock table mcp_servers in access exclusive mode',
    'set local role gateway_user',
    'set local session authorization postgres',
    'set local session_replication_role = replica',
  ],
};

describe.each(Object.entries(DDL))('%s', (_, statements) => {
  test.each(statements)('%s', async (statement) => {
    expect(await outcome(backend, statement)).toMatch(/^42501 /);
    // So it is refused for the role, and not because it is wrong.
    expect(typeof (await outcome(owner, statement))).not.toBe('string');
  });
});

test('a right that it does not have is not granted either', async () => {
  const rights = () => backend`select has_schema_privilege('public', 'create') as schema,
    has_database_privilege(current_database(), 'create') as database,
    has_database_privilege(current_database(), 'temporary') as temporary`;
  // Postgres only warns that no privileges were granted.
  await backend.unsafe('grant create on schema public to gateway_backend');
  expect(await rights()).toEqual([{ schema: false, database: false, temporary: false }]);
});

test('statements that no transaction or no server without an extension runs', async () => {
  const refused = (statement: string) =>
    backend.unsafe(statement).then(
      () => 'done',
      ({ code }: { readonly code: string }) => code,
    );
  expect(await refused("alter system set work_mem = '1MB'")).toBe('42501');
  expect(await refused('create database more')).toBe('42501');
  expect(await refused('create index concurrently on mcp_servers (status)')).toBe('42501');
  expect(await refused('reindex schema public')).toBe('42501');
  // Before the rights, Postgres looks for a provider of labels.
  expect(await refused("security label on table mcp_servers is 'x'")).toBe('22023');
  // VACUUM only warns, and skips what others own.
  await backend.unsafe('vacuum mcp_servers');
  expect(await refused("copy server_requests from program 'true'")).toBe('42501');
  expect(await refused('copy server_requests (id) from stdin')).toBe('0A000');
});

const request = (status = 200): string =>
  `insert into server_requests (id, server_id, tenant_id, method, status_code, response_time, created_at)
   values (gen_random_uuid(), '${SERVER}', '${SERVER}', 'ping', ${status}, 3, '2001-01-05')`;

test.each<[string, string, number | RegExp]>([
  ['reads what it routes by', 'select id, url, status, timeout_ms from mcp_servers', 1],
  ['sets the status of a server', "update mcp_servers set status = 'maintenance'", 1],
  ['sets the time of a health check', 'update mcp_servers set last_health_check = now()', 1],
  [
    'does not write other columns of a server',
    "update mcp_servers set url = 'https://x.example'",
    /^42501/,
  ],
  ['does not move a server', 'update mcp_servers set tenant_id = gen_random_uuid()', /^42501/],
  ['does not create a server', `insert into mcp_servers select * from mcp_servers`, /^42501/],
  ['does not delete a server', 'delete from mcp_servers', /^42501/],
  ['logs a request', request(), 1],
  ['logs no request that a check refuses', request(99), /^23514/],
  ['does not change a request', 'update server_requests set status_code = 200', /^42501/],
  ['does not delete a request', 'delete from server_requests', /^42501/],
  ['does not write to a partition directly', 'delete from server_requests_p2001_01', /^42501/],
  ['does not change a session', 'update sessions set token_hash = null', /^42501/],
  ['does not read passwords', 'select password_hash from users', /^42501/],
  ['reads rollups', 'select count from server_request_hours', 0],
  ['does not write rollups', 'delete from server_request_hours', /^42501/],
  [
    'does not read the marks of rollups',
    'select mark_id from rollups.server_request_hours',
    /^42501/,
  ],
  ['does not refresh rollups', 'select rollups.refresh_server_request_hours()', /^42501/],
  ['does not read the views of the operator', 'select size from performance_monitoring', /^42501/],
  [
    'does not write an audit log in retrospect',
    "update audit_logs set action = 'user.created'",
    /^42501/,
  ],
])('it %s', async (_, statement, expected) => {
  const found = await outcome(backend, statement);
  if (typeof expected === 'number') expect(found).toBe(expected);
  else expect(found).toMatch(expected);
});
