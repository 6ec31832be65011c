import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { migrationRules } from '../../src/check/migrations/migration-rules.ts';
import {
  NEXT_MIGRATION,
  runMigrationRules,
  type MigrationRule,
} from '../../src/check/migrations/migration-rule.ts';
import { measureMigrations } from '../../src/read/sql/measure-migrations.ts';
import { openScratch } from '../../src/postgres/open-scratch.ts';
import type { Finding } from '../../src/report/problem.ts';
import { reportOf } from '../check/report-of.fixture.ts';

const docs = readFileSync(join(import.meta.dirname, '../../docs/rules.md'), 'utf8');
const scratch = await openScratch([]);
afterAll(() => scratch.close());

/** Measures migrations, and forgets them. */
async function measure(sql: string, migrator: 'drizzle' | 'unknown' = 'unknown') {
  await scratch.run('drop schema public cascade; create schema public; reset all');
  const files = sql.split(NEXT_MIGRATION).map((text, at) => ({ file: `${at}.sql`, text }));
  return measureMigrations(files, scratch, { migrator, unavailable: [] });
}

async function found(rule: MigrationRule, sql: string): Promise<readonly Finding[]> {
  const { statements, failures } = await measure(sql);
  expect(failures).toEqual([]);
  return runMigrationRules(statements, [rule], ({ severity }) => severity);
}

test('the list of rules is the folder', () => {
  const files = readdirSync(join(import.meta.dirname, '../../src/check/migrations'));
  expect(migrationRules.map(({ code }) => code)).toEqual(
    files
      .filter((file) => !file.startsWith('migration-rule'))
      .map((file) => `migration/${file.replace(/\.ts$/, '')}`)
      .toSorted(),
  );
});

describe.each(migrationRules.map((rule) => [rule.code, rule] as const))('%s', (_, rule) => {
  const { bad, good, alike = [] } = rule.example;
  test('reports the bad example once, as docs/rules.md shows', async () => {
    const [finding, ...others] = await found(rule, bad);
    expect(others).toEqual([]);
    expect(docs).toContain(reportOf(finding ?? { message: 'nothing' }));
  });
  test.each([good, ...alike])('does not report %s', async (sql) => {
    expect(await found(rule, sql)).toEqual([]);
  });
});

const BASE = `create table users (id bigint primary key);
create table notes (id bigint primary key, author_id bigint references users, title text, at timestamptz);
${NEXT_MIGRATION}`;

/** What a statement does to the table `notes`, as far as it is not nothing. */
async function effect(statement: string): Promise<readonly string[]> {
  const { statements, failures } = await measure(`${BASE}${statement}`);
  expect(failures).toEqual([]);
  const table = statements
    .filter(({ file }) => file === '1.sql')
    .flatMap(({ tables }) => tables)
    .find((one) => one.table === 'public.notes');
  if (table === undefined) return [];
  const { blocks, rewritten, truncated, scanned, builtIndexes } = table;
  return [
    `blocks ${blocks}`,
    ...(rewritten ? ['rewritten'] : []),
    ...(truncated ? ['truncated'] : []),
    ...(scanned ? ['scanned'] : []),
    ...builtIndexes,
  ];
}

test.each([
  // What other linters report although Postgres does not rewrite anything.
  ['alter table notes add b boolean default false', ['blocks reads']],
  ["alter table notes add b jsonb not null default '{}'", ['blocks reads']],
  ['alter table notes add b timestamptz default current_timestamp', ['blocks reads']],
  ["alter table notes add b text[] default '{}'", ['blocks reads']],
  ['alter table notes add b timestamptz default clock_timestamp()', ['blocks reads', 'rewritten']],
  ['alter table notes add b uuid default gen_random_uuid()', ['blocks reads', 'rewritten']],
  ['alter table notes add b bigserial', ['blocks reads', 'rewritten']],
  ['alter table notes add b int generated always as (1) stored', ['blocks reads', 'rewritten']],
  ['alter table notes alter title type varchar', ['blocks reads']],
  ['alter table notes alter title type varchar(9)', ['blocks reads', 'rewritten']],
  ['alter table notes alter id type integer', ['blocks reads', 'rewritten']],
  ['alter table notes add foreign key (author_id) references users', ['blocks writes', 'scanned']],
  ['create index i on notes (title)', ['blocks writes', 'i']],
  ['create index concurrently i on notes (title)', []],
  ['alter table notes add constraint u unique (title)', ['blocks reads', 'u']],
  ['alter table notes set unlogged', ['blocks reads', 'rewritten']],
  ['alter table notes enable row level security', ['blocks reads']],
  ["comment on table notes is 'a'", ['blocks none']],
  ['truncate notes', ['blocks reads', 'truncated']],
  ['truncate users cascade', ['blocks reads', 'truncated']],
  ['cluster notes using notes_pkey', ['blocks reads', 'rewritten']],
  ['vacuum full notes', ['blocks reads', 'rewritten']],
  ['vacuum notes', []],
  ['update notes set title = id', ['blocks none']],
  ['create table notes_tags (note_id bigint)', []],
] satisfies readonly [string, readonly string[]][])('%s', async (statement, expected) => {
  expect(await effect(statement)).toEqual(expected);
});

test('a CHECK that is valid spares SET NOT NULL the rows', async () => {
  const statement = `alter table notes add constraint c check (title is not null) not valid;
    alter table notes validate constraint c;`;
  expect(await effect(`${statement}${NEXT_MIGRATION}select 1`)).toEqual(['blocks reads']);
  const { statements } = await measure(
    `${BASE}${statement}${NEXT_MIGRATION}alter table notes alter title set not null`,
  );
  expect(statements.at(-1)?.tables).toMatchObject([{ blocks: 'reads', scanned: false }]);
});

test('columns that are new in the file may be dropped and renamed', async () => {
  const { statements } = await measure(
    `${BASE}alter table notes add draft text; alter table notes rename draft to plan;
     alter table notes drop plan; alter table notes rename title to heading;
     alter table notes drop at; alter table notes rename to papers; drop table papers`,
  );
  const changes = statements
    .flatMap(({ tables }) => tables)
    .filter(({ table, blocks }) => table !== 'public.users' && blocks === 'reads');
  expect(
    changes.map(({ table, dropped, renamedTo, droppedColumns, renamedColumns }) => [
      table,
      ...droppedColumns.map(({ name }) => name),
      ...renamedColumns.map(({ from, to }) => `${from} to ${to}`),
      ...(renamedTo === undefined ? [] : [renamedTo]),
      ...(dropped ? ['dropped'] : []),
    ]),
  ).toEqual([
    ['public.notes'],
    ['public.notes'],
    ['public.notes'],
    ['public.notes', 'title to heading'],
    ['public.notes', 'at'],
    ['public.notes', 'public.papers'],
    ['public.notes', 'dropped'],
  ]);
});

test('a lock timeout of the file counts, and one of another file does not', async () => {
  const add = (name: string): string => `alter table notes add ${name} text;`;
  const { statements } = await measure(
    [
      `${BASE.replace(NEXT_MIGRATION, '')}`,
      `set lock_timeout = '2s'; ${add('a')}`,
      add('b'),
      `begin; set local lock_timeout = '2s'; ${add('c')} commit;`,
    ].join(NEXT_MIGRATION),
  );
  const added = statements.filter(({ text }) => text.startsWith('alter'));
  expect(added.map(({ hasLockTimeout }) => hasLockTimeout)).toEqual([true, false, true]);
});

test('a statement that fails is reported, and the others are measured', async () => {
  const { statements, failures } = await measure(
    `${BASE}alter table notes add primry key (id);
create policy p on notes to somebody using (true);
create tabel x (id int)
alter table notes add c int;`,
  );
  expect(failures).toMatchObject([
    { code: 'validate/statement-failed', places: [{ file: '1.sql', line: 1 }] },
    { code: 'validate/statement-failed', places: [{ file: '1.sql', line: 3 }] },
  ]);
  expect(statements.slice(-2)).toMatchObject([
    { line: 2, tables: [{ blocks: 'reads' }] },
    { line: 4, tables: [{ blocks: 'reads' }] },
  ]);
});

test('REFRESH MATERIALIZED VIEW rewrites the view, and CONCURRENTLY does not', async () => {
  const view = `create materialized view titles as select id, title from notes;
    create unique index titles_id on titles (id);${NEXT_MIGRATION}`;
  const { statements } = await measure(
    `${BASE}${view}refresh materialized view titles; refresh materialized view concurrently titles`,
  );
  const [plain, concurrent] = statements.slice(-2);
  expect(plain?.tables).toContainEqual(
    expect.objectContaining({ table: 'public.titles', rewritten: true, blocks: 'reads' }),
  );
  expect(concurrent?.tables).toContainEqual(
    expect.objectContaining({ table: 'public.titles', rewritten: false }),
  );
});

const rulesFound = async (sql: string, migrator?: 'drizzle'): Promise<readonly string[]> => {
  const { statements, failures } = await measure(`${BASE}${sql}`, migrator);
  expect(failures).toEqual([]);
  const rules = migrationRules.filter(({ code }) => code !== 'migration/no-lock-timeout');
  return runMigrationRules(statements, rules, ({ severity }) => severity).map(({ code }) => code);
};

const TWO_STEPS = `alter table notes add constraint key foreign key (author_id) references users not valid;
  alter table notes validate constraint key;`;

test.each([
  ['a transaction keeps its locks', `begin; ${TWO_STEPS} commit;`, ['migration/held-lock']],
  ['so does a file of Drizzle', TWO_STEPS, ['migration/held-lock'], 'drizzle' as const],
  ['without a transaction, each statement has its own locks', TWO_STEPS, []],
  ['a commit releases them', `begin; ${TWO_STEPS.replace(';', '; commit; begin;')} commit;`, []],
  [
    'a rollback to a savepoint does not end the transaction',
    `begin; savepoint a; ${TWO_STEPS.replace(';', '; rollback to a;')} commit;`,
    ['migration/held-lock'],
  ],
  [
    'an index is built while a new column blocks all access',
    'begin; alter table notes add c text; create index i on notes (c); commit;',
    ['migration/blocks-writes'],
  ],
  [
    'an enum value is used in a file of Drizzle that adds it',
    `create type a as enum ('b');${NEXT_MIGRATION}alter type a add value 'c'; create table t (a a default 'c');`,
    ['migration/new-enum-value'],
    'drizzle' as const,
  ],
] satisfies readonly (readonly [string, string, readonly string[], 'drizzle'?])[])(
  '%s',
  async (_, sql, expected, migrator?: 'drizzle') => {
    expect(await rulesFound(sql, migrator)).toEqual(expected);
  },
);

/** The findings as lines, without those about a missing lock_timeout. */
const reports = async (sql: string, migrator?: 'drizzle'): Promise<readonly string[]> => {
  const { statements, failures } = await measure(sql, migrator);
  expect(failures).toEqual([]);
  const rules = migrationRules.filter(({ code }) => code !== 'migration/no-lock-timeout');
  return runMigrationRules(statements, rules, ({ severity }) => severity).map(
    ({ code, object = '', fix }) => `${code} ${object}: ${fix}`,
  );
};

const GENERATED = `create table a (id bigint primary key, f text, g text generated always as (lower(f)) stored);
  create index a_g on a (g); alter table a add constraint a_f_g unique (f, g);${NEXT_MIGRATION}`;
const REPLACE = `alter table a drop column g;
  alter table a add column g text generated always as (upper(f)) stored;`;
const REWRITE =
  'migration/table-rewrite public.a: run it during maintenance, because Postgres computes a stored generated column for all rows. Or add a plain column, let a trigger keep it current, and fill the rows in batches.';
const LOST_KEY =
  'migration/lost-index public.a.a_f_g: create it again in this migration: ALTER TABLE a ADD CONSTRAINT a_f_g UNIQUE (f, g);';
const LOST_INDEX =
  'migration/lost-index public.a.a_g: create it again in this migration: CREATE INDEX a_g ON public.a USING btree (g);';

test.each([
  ['that is replaced loses its indexes', REPLACE, [LOST_KEY, LOST_INDEX, REWRITE]],
  [
    'may be replaced by one statement',
    'alter table a drop g, add g text generated always as (upper(f)) stored',
    [LOST_KEY, LOST_INDEX, REWRITE],
  ],
  [
    'keeps the indexes that the file creates again, under any name',
    `${REPLACE} create index a_g2 on a (g); create unique index a_f_g on a (f, g);`,
    [REWRITE, expect.stringContaining('blocks-writes'), expect.stringContaining('blocks-writes')],
  ],
  [
    'that is dropped takes its indexes with it',
    'alter table a drop column g',
    [expect.stringContaining('lost-data public.a.g')],
  ],
  [
    'does not keep an index with another column that is dropped',
    `alter table a drop column f cascade; alter table a add column g text generated always as ('') stored;`,
    [expect.stringContaining('lost-data public.a.f'), LOST_INDEX, REWRITE],
  ],
  [
    'loses no index that is dropped before',
    `drop index a_g; alter table a drop constraint a_f_g; ${REPLACE}`,
    [REWRITE],
  ],
  [
    'has data after it becomes a plain one',
    'alter table a drop column g; alter table a add column g text;',
    [expect.stringContaining('lost-data public.a.g'), LOST_KEY, LOST_INDEX],
  ],
])('a generated column %s', async (_, sql, expected) => {
  expect(await reports(`${GENERATED}${sql}`)).toEqual(expected);
});

test('a dropped generated column is not reported as lost data', async () => {
  const { statements } = await measure(`${GENERATED}alter table a drop column g`);
  const found = runMigrationRules(statements, migrationRules, ({ severity }) => severity);
  expect(found.map(({ message }) => message)).toContain(
    'the statement drops the generated column public.a.g.',
  );
});

const PARTED = `create table users (id bigint primary key);
  create table logs (id bigint not null, at date not null, body text) partition by range (at);
  create table logs_1 partition of logs for values from ('2026-01-01') to ('2026-07-01');
  create table logs_2 partition of logs for values from ('2026-07-01') to ('2027-01-01');${NEXT_MIGRATION}`;
const BY_PARTITION =
  'create it ON ONLY the partitioned table, build the index of each partition with CREATE INDEX CONCURRENTLY, outside of a transaction, and then attach each with ALTER INDEX … ATTACH PARTITION.';

test.each([
  [
    'an index is reported once',
    'create index logs_body on logs (body)',
    [`migration/blocks-writes public.logs: ${BY_PARTITION}`],
  ],
  [
    'the advice fits the migrator of Drizzle',
    'create index logs_body on logs (body)',
    [
      `migration/blocks-writes public.logs: write CREATE INDEX IF NOT EXISTS, and build the index before the migration runs: ${BY_PARTITION}`,
    ],
    'drizzle' as const,
  ],
  [
    'the advice is not reported',
    `create index logs_body on only logs (body);
     create index concurrently logs_1_body on logs_1 (body);
     create index concurrently logs_2_body on logs_2 (body);
     alter index logs_body attach partition logs_1_body;
     alter index logs_body attach partition logs_2_body;`,
    [],
  ],
  [
    'a key is reported once',
    'alter table logs add constraint logs_key unique (id, at)',
    [
      'migration/blocks-reads public.logs: add the constraint with ALTER TABLE ONLY to the partitioned table, for each partition build it with CREATE UNIQUE INDEX CONCURRENTLY and ADD CONSTRAINT … USING INDEX, and then attach each index with ALTER INDEX … ATTACH PARTITION.',
    ],
  ],
  [
    'the advice for a key is not reported',
    `alter table only logs add constraint logs_key unique (id, at);
     create unique index concurrently logs_1_key on logs_1 (id, at);
     alter table logs_1 add constraint logs_1_key unique using index logs_1_key;
     alter index logs_key attach partition logs_1_key;`,
    [],
  ],
  [
    'a foreign key is reported once',
    'alter table logs add constraint logs_user foreign key (id) references users',
    [
      'migration/blocks-writes public.logs: add the foreign key to each partition NOT VALID, VALIDATE CONSTRAINT in another transaction, and then add it to the partitioned table, which adopts them.',
    ],
  ],
  [
    'the advice for a foreign key is not reported',
    `alter table logs_1 add constraint logs_1_user foreign key (id) references users not valid;
     alter table logs_2 add constraint logs_2_user foreign key (id) references users not valid;
     alter table logs_1 validate constraint logs_1_user;
     alter table logs_2 validate constraint logs_2_user;
     alter table logs add constraint logs_user foreign key (id) references users;`,
    [],
  ],
  [
    'a rewrite is reported once',
    'alter table logs alter id type integer',
    [expect.stringContaining('migration/table-rewrite public.logs:')],
  ],
  ['TRUNCATE is reported once', 'truncate logs', [expect.stringContaining('public.logs:')]],
  [
    'a dropped table is reported once',
    'drop table logs',
    [expect.stringContaining('public.logs:')],
  ],
  ['a dropped partition is reported', 'drop table logs_1', [expect.stringContaining('logs_1:')]],
] satisfies readonly (readonly [string, string, readonly unknown[], 'drizzle'?])[])(
  'of a partitioned table, %s',
  async (_, sql, expected, migrator?: 'drizzle') => {
    expect(await reports(`${PARTED}${sql}`, migrator)).toEqual(expected);
  },
);
