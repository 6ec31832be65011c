import type { Planted } from './examined.fixture.ts';

/** Tables without a fault, in which faults are planted. */
export const HEALTHY = `
create role app_user nologin;
create table users (id int primary key, name text not null unique, email text);
create table notes (
  id serial primary key, user_id int not null references users on delete cascade,
  title text not null constraint notes_title_check check (title <> ''), payload jsonb
);
create index notes_user on notes (user_id);
alter table users enable row level security;
alter table notes enable row level security;
create policy own on users to app_user using (id = 1);
create policy own on notes to app_user using (user_id = 1);
grant select on users, notes to app_user;
insert into users select n, 'user ' || n, 'u' || n || '@example.com' from generate_series(1, 3) n;
insert into notes (user_id, title, payload) select 1 + n % 3, 'note ' || n, '{"a": 1}' from generate_series(1, 100) n;
analyze;`;

/** Row triggers and constraints off, as a restore or a replica may have them. */
const UNCHECKED = 'set local session_replication_role = replica;';

/** Faults that one PGlite can have. */
export const PLANTED: readonly Planted[] = [
  {
    check: 'server-version',
    name: 'the end of support is near',
    sql: '',
    object: null,
    evidence: /^server_version: 1\d/,
    limits: { supportDays: 10_000 },
  },
  {
    check: 'publication',
    name: 'a table without replica identity',
    sql: 'create table log (line text); create publication feed for table log;',
    object: 'public.log',
    severity: 'error',
    evidence: /primary key: none/,
  },
  {
    check: 'publication',
    name: 'no tables',
    sql: 'create publication nothing;',
    object: 'nothing',
    evidence: /0 rows/,
  },
  {
    check: 'wraparound',
    name: 'an old table',
    sql: `update pg_class set relfrozenxid = ((pg_current_xact_id()::text::bigint - 1200000000 + 4294967296) % 4294967296)::text::xid where relname = 'notes'`,
    object: 'public.notes',
    evidence: /age of the oldest transaction: 1200000\d\d\d/,
  },
  {
    check: 'wraparound',
    name: 'an old database',
    sql: `update pg_database set datfrozenxid = ((pg_current_xact_id()::text::bigint - 1700000000 + 4294967296) % 4294967296)::text::xid where datname = current_database()`,
    object: 'postgres',
    severity: 'error',
    evidence: /1700000\d\d\d/,
  },
  {
    check: 'violated-check',
    name: 'a NOT VALID check',
    sql: 'alter table users add constraint short check (length(name) < 6) not valid;',
    object: 'public.users.short',
    severity: 'error',
    evidence: /^3 rows: NOT CHECK/,
  },
  {
    check: 'violated-check',
    name: 'a function that changed',
    sql: `create function is_fine(text) returns boolean immutable language sql return true;
      alter table users add constraint fine check (is_fine(name));
      create or replace function is_fine(text) returns boolean immutable language sql return $1 <> 'user 1';`,
    object: 'public.users.fine',
    severity: 'error',
    evidence: /^1 rows/,
  },
  {
    check: 'orphaned-row',
    name: 'a user that was deleted without triggers',
    sql: `${UNCHECKED} delete from users where id = 2;`,
    object: 'public.notes.notes_user_id_fkey',
    severity: 'error',
    evidence: /^34 rows without a target/,
  },
  {
    check: 'duplicate-key',
    name: 'a damaged unique index',
    sql: `update pg_index set indisunique = false where indexrelid = 'users_name_key'::regclass;
      insert into users values (9, 'user 1');
      update pg_index set indisunique = true where indexrelid = 'users_name_key'::regclass;`,
    object: 'public.users.users_name_key',
    severity: 'error',
    evidence: /^1 keys of several rows/,
  },
  {
    check: 'sequence',
    name: 'a sequence that is behind',
    sql: 'insert into notes (id, user_id, title) values (101, 1, $$a$$);',
    object: 'public.notes_id_seq',
    severity: 'error',
    evidence: /^next value: 101; largest id: 101/,
  },
  {
    check: 'sequence',
    name: 'a sequence that is nearly used up',
    sql: `select setval('notes_id_seq', 2100000000);`,
    object: 'public.notes_id_seq',
    severity: 'error',
    evidence: /last value: 2100000000; largest value: 2147483647/,
  },
  {
    check: 'bloat',
    name: 'an index that is mostly empty',
    sql: `create table big (id int primary key, pad text not null); insert into big select n, 'x' from generate_series(1, 20000) n; analyze big;
      update pg_class set reltuples = 200 where relname in ('big', 'big_pkey');
      update pg_class set relpages = 60 where relname = 'big_pkey'; update pg_class set relpages = 1 where relname = 'big';`,
    object: 'public.big.big_pkey',
    evidence: /size: 480 kB; estimated content: \d+ kB; rows: 200/,
    limits: { bloatBytes: 100_000 },
  },
  {
    check: 'bloat',
    name: 'a table that is mostly empty',
    sql: `update pg_class set relpages = 500 where relname = 'notes';`,
    object: 'public.notes',
    evidence: /size: 4000 kB/,
    limits: { bloatBytes: 100_000 },
  },
  {
    check: 'rls-off',
    name: 'a granted table without row-level security',
    sql: 'create table open (id int primary key); grant select on open to app_user;',
    object: 'public.open',
    severity: 'error',
    evidence: /app_user SELECT/,
  },
  {
    check: 'public-grant',
    name: 'a table that every role may write',
    sql: 'grant insert, select on notes to public;',
    object: 'public.notes',
    severity: 'error',
    evidence: /granted to PUBLIC: INSERT, SELECT/,
  },
  {
    check: 'public-grant',
    name: 'a schema in which every role may create',
    sql: 'grant create on schema public to public;',
    object: 'public',
    severity: 'error',
    evidence: /CREATE/,
  },
  {
    check: 'public-definer',
    name: 'a definer function that every role may call',
    sql: 'create function purge() returns void language sql security definer set search_path = pg_catalog begin atomic delete from notes; end;',
    object: 'public.purge',
    severity: 'error',
    evidence: /superuser/,
  },
  {
    check: 'bypassing-member',
    name: 'a role that can become a superuser',
    sql: 'create role boss nologin superuser; grant boss to app_user;',
    object: 'app_user',
    severity: 'error',
    evidence: /member of: boss \(superuser\)/,
  },
  {
    check: 'weak-password',
    name: 'a password stored as MD5',
    sql: `create role old login; update pg_authid set rolpassword = 'md5' || md5('x') where rolname = 'old';`,
    object: 'old',
    severity: 'error',
    evidence: /md5/,
  },
  {
    check: 'weak-password',
    name: 'new passwords as MD5',
    sql: 'set local password_encryption = md5;',
    object: null,
    severity: 'error',
    evidence: /password_encryption: md5/,
  },
  {
    check: 'clear-text-secret',
    name: 'an API key',
    sql: `update users set email = 'sk-proj-abcdefghijklmnopqrstuvwx' where id = 2;`,
    object: 'public.users',
    severity: 'error',
    evidence: /^email: 1 of 3 values$/,
  },
  {
    check: 'clear-text-secret',
    name: 'a token inside JSON',
    sql: `update notes set payload = '{"token": "ghp_0123456789abcdefghijABCDEFGHIJ0123"}' where id = 1;`,
    object: 'public.notes',
    severity: 'error',
    evidence: /^payload: 1 of 100 values$/,
  },
];
