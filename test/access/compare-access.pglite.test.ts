import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import type { AccessRules, Rule } from '../../src/model/rule.ts';
import { compareAccess, type Enforcer } from '../../src/testing.ts';
import type { World } from '../../src/testing/access/world.ts';
import { rlsStatements } from './enforcers/rls.ts';

const mine: Rule = {
  op: 'compare',
  column: 'author',
  with: '=',
  value: { claim: 'sub', type: 'uuid' },
};
const live: Rule = { op: 'null', column: 'deleted_at' };
const open: Rule = {
  op: 'in',
  column: 'stage',
  values: { literals: ['open', "it's on"], type: 'enum' },
};
const read: Rule = {
  op: 'or',
  rules: [{ op: 'and', rules: [live, open] }, mine, { op: 'role', role: 'admin' }],
};

const rules: AccessRules = {
  claims: {
    sub: { type: 'uuid', path: ['sub'] },
    roles: { type: 'text[]', path: ['roles'] },
  },
  tables: {
    posts: {
      table: 'posts',
      key: ['id'],
      columns: {
        id: 'uuid',
        author: 'uuid',
        title: 'text',
        words: 'integer',
        deleted_at: 'moment',
        stage: 'enum',
        code: 'text',
        number: 'integer',
        doubled: 'integer',
      },
      read,
      insert: mine,
      update: { from: mine, to: mine },
      delete: { op: 'role', role: 'admin' },
      immutable: ['id', 'author'],
    },
    replies: {
      table: 'replies',
      key: ['id'],
      columns: { id: 'uuid', post_id: 'uuid', author: 'uuid' },
      read: {
        op: 'exists',
        table: 'posts',
        on: [{ other: 'id', own: 'post_id' }],
        rule: live,
        rows: 'visible',
      },
      insert: mine,
      update: { from: { op: 'nobody' }, to: { op: 'nobody' } },
      delete: mine,
      immutable: ['id'],
    },
    events: {
      table: 'events',
      key: ['id', 'at'],
      columns: { id: 'uuid', at: 'moment', author: 'uuid' },
      // Rules may only test the price for NULL.
      read: { op: 'or', rules: [mine, { op: 'null', column: 'price' }] },
      insert: mine,
      update: { from: { op: 'nobody' }, to: { op: 'nobody' } },
      delete: mine,
      immutable: ['id', 'at'],
    },
  },
};

/** Tables with every kind of column, constraint, trigger and partition that refuses random rows. */
const TABLES = `
  create type stage as enum ('open', 'done', 'it''s on');
  create table posts (
    id uuid primary key, author uuid not null, title varchar(80) not null unique check (title <> ''),
    words smallint check (words > 0), secret text not null, deleted_at timestamptz(0),
    stage stage not null default 'open', code varchar(2), number integer generated always as identity,
    doubled bigint generated always as (words * 2) stored
  );
  create table events (
    id uuid, at timestamptz(0), author uuid, price numeric, primary key (id, at)
  ) partition by range (at);
  create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01');
  create unique index posts_secret on posts (lower(secret));
  create table replies (
    id uuid primary key, post_id uuid not null references posts on delete cascade, author uuid
  );
  -- No rules are about these.
  create table drafts (id uuid primary key, post_id uuid not null references posts);
  create table titles (title varchar(80) not null references posts (title));
  create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
  create trigger refuse before insert on replies for each row execute function refuse();
  insert into posts values (gen_random_uuid(), gen_random_uuid(), 'a', 1, 's')`;

/** The database knows the types of the columns; the SQL of the rules only needs names. */
const world = {
  rules,
  tables: Object.values(rules.tables).map(({ table, key, columns }) => ({
    table,
    key,
    columns: Object.fromEntries(
      Object.entries(table === 'events' ? { ...columns, price: 'text' } : columns).map(
        ([name, type]) => [name, { type, nullable: true }],
      ),
    ),
  })),
} as unknown as World;

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
  await client.exec([TABLES, ...rlsStatements(world)].join(';\n'));
});
afterAll(() => client.close());

test('a database that enforces the rules passes, and is unchanged afterwards', async () => {
  const compared = await compareAccess({ client, rules, cases: 400, seed: 5 });
  expect(compared.cases).toBeGreaterThanOrEqual(400);
  expect(compared.telling).toBeGreaterThan(0.3);
  expect(compared.enforcers).toEqual([
    'the database',
    'the mutation guard',
    'guarded reads in Postgres',
    'guarded reads in SQLite',
  ]);
  const { rows } = await client.query('select title, words, secret from posts');
  expect(rows).toEqual([{ title: 'a', words: 1, secret: 's' }]);
  await expect(client.exec(`update posts set title = ''`)).rejects.toThrow('posts_title_check');
});

test('what was asked and covered is printed on demand', async () => {
  const lines: string[] = [];
  await compareAccess({
    client,
    rules,
    cases: 100,
    seed: 5,
    print: (line) => void lines.push(line),
  });
  expect(lines[0]).toMatch(/^\d+ questions in \d+ sets of rows, \d+ cases; seed 5$/);
  expect(lines[3]).toMatch(/^conditions that some rows met and others did not: \d+ of 8$/);
});

test('a custom enforcer is compared with the same rules', async () => {
  const open: Enforcer = {
    name: 'an open door',
    enter: async () => ({
      write: async (_, attempts) => attempts.map(() => 'allowed'),
      leave: async () => {},
    }),
  };
  const compared = compareAccess({ client, rules, cases: 400, seed: 5, enforcers: [open] });
  await expect(compared).rejects.toThrow(/an open door and the oracle disagree/);
});

test('a wrong database is detected', async () => {
  await client.exec('alter policy access_insert on posts with check (true)');
  await expect(compareAccess({ client, rules, cases: 400, seed: 5 })).rejects.toThrow(
    /the database and the oracle disagree[\s\S]*rule {2}posts insert: [\s\S]*to insert into posts[\s\S]*oracle: "denied"\nthe database: "allowed"/,
  );
});
