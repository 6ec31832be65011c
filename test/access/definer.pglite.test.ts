import type { PGlite } from '@electric-sql/pglite';
import { integer, uuid } from 'drizzle-orm/pg-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defineAccess, exists, gt, id, pgTable } from '../../src/kit/index.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import type { AccessRules, Rule } from '../../src/model/rule.ts';
import { accessRules } from '../../src/server.ts';
import type { World } from '../../src/testing/access/world.ts';
import { rlsStatements } from './enforcers/rls.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const nobody: Rule = { op: 'nobody' };
const mine: Rule = {
  op: 'compare',
  column: 'by',
  with: '=',
  value: { claim: 'sub', type: 'uuid' },
};
const open: Rule = {
  op: 'compare',
  column: 'state',
  with: '=',
  value: { literal: 'open', type: 'text' },
};
const none = {
  insert: nobody,
  update: { from: nobody, to: nobody },
  delete: nobody,
  immutable: ['id'],
  key: ['id'],
};
const rules: AccessRules = {
  claims: { sub: { type: 'uuid', path: ['sub'] }, roles: { type: 'text[]', path: ['roles'] } },
  tables: {
    orgs: {
      ...none,
      table: 'orgs',
      columns: { id: 'uuid', by: 'uuid', state: 'text' },
      read: { op: 'role', role: 'admin' },
    },
    notes: {
      ...none,
      table: 'notes',
      columns: { id: 'uuid', org_id: 'uuid' },
      read: {
        op: 'exists',
        table: 'orgs',
        on: [{ other: 'id', own: 'org_id' }],
        rule: { op: 'or', rules: [mine, open] },
        rows: 'raw',
      },
    },
  },
};
const world = {
  rules,
  tables: Object.values(rules.tables).map(({ table, key, columns }) => ({
    table,
    key,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, type]) => [name, { type, nullable: true }]),
    ),
  })),
} as unknown as World;
const TABLES = `create table orgs (id uuid primary key, by uuid, state text); create table notes (id uuid primary key, org_id uuid);
  insert into orgs values ('00000000-0000-4000-8000-000000000001', null, 'open');
  insert into notes values ('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-000000000001')`;

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
});
afterAll(() => client.close());

const beBoss = `create role app_user; create role boss; grant create on schema public to boss;
    do $$ begin execute format('grant create on database %I to boss', current_database()); end $$; set role boss`;

describe('in a transaction', () => {
  beforeEach(() => client.exec('begin'));
  afterEach(() => client.exec('rollback'));

  test('an owner that is subject to row-level security gets an error instead of no rows', async () => {
    await client.exec(beBoss);
    await client.exec([TABLES, ...rlsStatements(world)].join(';\n'));
    await client.exec('reset role; set role app_user');
    await expect(client.query('select id from notes')).rejects.toThrow(
      'would be affected by row-level security',
    );
  });

  test('the owner of the tables is subject to the rules too, and nobody can truncate', async () => {
    await client.exec(beBoss);
    await client.exec([TABLES, ...rlsStatements(world)].join(';\n'));
    expect((await client.query('select id from orgs')).rows).toEqual([]);
    await client.exec('reset role; set role app_user');
    await expect(client.query('truncate orgs')).rejects.toThrow('permission denied');
  });

  test('a lookup in a table without rules uses the types of the joined columns', async () => {
    const { access } = defineAccess();
    const teams = pgTable('teams', { id: id(), size: integer('size') });
    const pages = pgTable('pages', { id: id(), teamId: uuid('team_id') }, (t) => [
      ...access(t, {
        read: exists(
          () => teams,
          { id: t.teamId },
          (team) => gt(team.size, 1),
        ),
      }),
    ]).enableRLS();
    const typed = { rules: accessRules({ pages, teams }), tables: [] } as unknown as World;
    await client.exec(
      [
        'create table teams (id uuid primary key, size int)',
        'create table pages (id uuid primary key, team_id uuid)',
        `insert into teams values ('${ID}', 2)`,
        `insert into pages values ('${ID}', '${ID}')`,
        ...rlsStatements(typed),
        'grant select on pages to app_user',
        'set role app_user',
      ].join(';\n'),
    );
    expect((await client.query('select id from pages')).rows).toEqual([{ id: ID }]);
  });
});

// These tests need several transactions, because they test the state that a session keeps.
describe('in a session', () => {
  beforeAll(async () => {
    await client.exec([TABLES, ...rlsStatements(world)].join(';\n'));
    await client.exec('discard all');
  });

  // Postgres searches pg_temp first, unless the search path names it explicitly.
  test.each(['text', 'jsonb', 'uuid'])(
    'a caller cannot inject a %s into code that runs as the owner',
    async (type) => {
      await client.exec(`select set_config('request.jwt.claims', '{"sub":"00000000-0000-4000-8000-000000000002"}', false); set role app_user;
      create function pg_temp.evil(v pg_catalog.${type}) returns pg_catalog.bool language plpgsql
        as $$ begin execute 'alter role app_user superuser'; return true; end $$;
      create domain pg_temp.${type} as pg_catalog.${type} check (pg_temp.evil(value))`);
      await client.query('select id from public.notes').catch(() => undefined);
      await client.exec('reset role');
      await client.exec('discard all');
      const { rows } = await client.query(
        `select rolsuper from pg_roles where rolname = 'app_user'`,
      );
      expect(rows).toEqual([{ rolsuper: false }]);
    },
  );
});
