import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blankPostgres } from './blank-postgres.fixture.ts';
import { isolated, type DatabaseError, type IsolatedTest } from './isolated.ts';

const notes = pgTable('notes', { id: integer('id').primaryKey(), owner: text('owner') });
const ann = { role: 'app_user', claims: { sub: 'ann' } };

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
  const me = "current_setting('request.jwt.claims', true)::jsonb ->> 'sub'";
  await client.exec(`
    create role app_user;
    create table notes (id integer primary key, owner text);
    alter table notes enable row level security;
    grant select, insert, update, delete on notes to app_user;
    create policy w on notes for insert with check (id < 100);
    create policy r on notes for select using (owner = ${me});
    create policy u on notes for update using (true)`);
});
afterAll(() => client.close());

type Try = (given: IsolatedTest<Record<string, never>>) => PromiseLike<unknown>;

const refused = (run: Try): Promise<DatabaseError | undefined> =>
  isolated(client, drizzle(client), async (given) => {
    const inside = await given.as(ann, () => given.attempt(() => run(given)));
    const outside = await given.attempt(() => given.as(ann, async () => run(given)));
    expect(outside?.rule).toBe(inside?.rule);
    expect(outside?.hint).toBe(inside?.hint);
    const { rows } = await client.query('select current_user::text as who, count(*) from notes');
    expect(rows).toMatchObject([{ who: 'postgres', count: 0 }]);
    return inside;
  });

describe('a refused insert is reported with the rule that refused it', () => {
  test.each<[string, 'insert' | 'read', Try]>([
    [
      'RETURNING, by Drizzle',
      'read',
      ({ db }) => db.insert(notes).values({ id: 1, owner: 'ben' }).returning(),
    ],
    [
      'RETURNING of a row that may not be inserted',
      'insert',
      ({ db }) => db.insert(notes).values({ id: 100, owner: 'ann' }).returning(),
    ],
    [
      'ON CONFLICT, as Zero writes it',
      'read',
      ({ db }) =>
        db.insert(notes).values({ id: 1, owner: 'ben' }).onConflictDoNothing({ target: notes.id }),
    ],
    ['plain', 'insert', ({ db }) => db.insert(notes).values({ id: 100, owner: 'ann' })],
    [
      'SQL without parameters',
      'read',
      ({ client: own }) => own.exec("insert into notes values (1, 'ben')\nreturning id"),
    ],
    [
      'a parameter after the values',
      'read',
      ({ db }) =>
        db.execute(sql`insert into notes values (1, ${'ben'}) returning id + ${1}::integer`),
    ],
  ])('%s', async (_, rule, run) => {
    const error = await refused(run);
    expect(error).toMatchObject({ code: '42501', rule });
    expect(error?.hint).toContain(`rule for ${rule}`);
  });

  test.each<[string, Try]>([
    ['another error', ({ client: own }) => own.query('insert into notes values (1), (1)')],
    ['a missing grant', ({ client: own }) => own.query('truncate notes')],
    [
      'an update of an existing row',
      ({ client: own }) =>
        own.query(
          "insert into notes values (1, 'ben') on conflict (id) do update set owner = 'ann'",
        ),
    ],
  ])('and %s without one', async (_, run) => {
    const error = await refused(run);
    expect(error?.code).toBeDefined();
    expect(error).not.toHaveProperty('rule');
  });

  test('an allowed insert is not an error', async () => {
    await isolated(client, drizzle(client), async ({ as, attempt, db }) => {
      const insert = db.insert(notes).values({ id: 1, owner: 'ann' }).returning();
      expect(await as(ann, () => attempt(() => insert))).toBeUndefined();
    });
  });
});
