import type { PGlite } from '@electric-sql/pglite';
import { text, uuid } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import { printZeroChecks } from '../../src/emit/zero/print-zero-checks.ts';
import {
  appendOnly,
  authenticated,
  defineAccess,
  id,
  instant,
  nobody,
  pgTable,
  references,
  updatedAt,
} from '../../src/kit/index.ts';
import { readSchema } from '../../src/read/drizzle/read-schema.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { deriveTests } from '../../src/testing/schema/derive-tests.ts';
import { readDerived } from '../../src/testing/schema/read-derived.ts';
import { install } from './install.ts';

const { access } = defineAccess();
const people = pgTable('people', { id: id() }, (t) => [
  ...access(t, { read: authenticated }),
]).enableRLS();
const events = pgTable(
  'events',
  { id: id(), at: instant('at').notNull(), what: text('what').notNull(), by: uuid('by') },
  (t) => [
    references(t.by, people.id, 'set null'),
    ...appendOnly(t),
    ...access(t, { read: authenticated, insert: authenticated }),
  ],
).enableRLS();

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
  await install(client, { people, events });
});
afterAll(() => client.close());

const derive = async () => {
  const { failures, tried } = await deriveTests(
    { client, db: drizzle(client) },
    readDerived({ people, events }),
    { parts: ['rows', 'catalog'], zero: false },
  );
  return { failures: failures.map(({ subject }) => subject), tried };
};

test('the derived tests try UPDATE, DELETE and TRUNCATE as another role', async () => {
  const { failures, tried } = await derive();
  expect(failures).toEqual([]);
  expect(tried).toContainEqual({ subject: 'append only events', times: 3 });
});

test('a missing trigger and a granted privilege are found', async () => {
  await client.exec('alter table events disable trigger append_only');
  expect((await derive()).failures.toSorted()).toEqual([
    'append only events',
    'catalog trigger events.append_only',
  ]);
  await client.exec('alter table events enable trigger append_only');
  await client.exec('grant update on events to public');
  expect((await derive()).failures).toContain('catalog grants on events');
  await client.exec('revoke update on events from public');
});

test('the owner deletes old rows, and a deleted person is cleared', async () => {
  await client.exec(`insert into people values (gen_random_uuid());
    insert into events select gen_random_uuid(), now(), 'a', id from people;
    delete from people`);
  const { rows } = await client.query('select what, by from events');
  expect(rows).toEqual([{ what: 'a', by: null }]);
  const { affectedRows } = await client.query('delete from events');
  expect(affectedRows).toBe(1);
});

test('neither an upsert nor a member of the owner’s role changes rows', async () => {
  await client.exec(`create role deputy; grant insert, select, update on events to deputy`);
  const attempt = client.exec(`begin; set local role deputy;
    insert into events values (gen_random_uuid(), now(), 'a') on conflict (id) do update set what = 'b'`);
  await expect(attempt).rejects.toMatchObject({ code: '42501' });
  await client.exec('rollback; drop owned by deputy; drop role deputy');
});

const refusals = (exports: Record<string, unknown>) =>
  readSchema({ files: [{ file: '/schema.ts', exports }] }).findings.filter(
    ({ code }) => code === 'schema/append-only',
  );

test('rules, cascades and times of change are refused', () => {
  const log = pgTable('log', { id: id(), by: uuid('by'), updatedAt: updatedAt() }, (t) => [
    references(t.by, people.id, 'cascade'),
    ...access(t, { read: authenticated, update: authenticated, delete: authenticated }),
    ...appendOnly(t),
  ]).enableRLS();
  expect(refusals({ people, log }).map(({ message }) => message)).toEqual([
    'the table log is append-only, but its access rules allow update.',
    'the table log is append-only, but its access rules allow delete.',
    'the table log is append-only, but the foreign key fk_log_by_people cascades.',
    'the table log is append-only, but it has updated_at, the time of the last change.',
  ]);
  const fine = pgTable('log', { id: id() }, (t) => [
    ...appendOnly(t),
    ...access(t, { update: nobody }),
  ]).enableRLS();
  expect(refusals({ fine })).toEqual([]);
});

test('Zero knows which tables only have inserts', () => {
  const { schema } = readDerived({ people, events });
  const plan = planZero(schema, schema.access?.rules, {});
  expect(plan.insertOnly).toEqual(['events']);
  expect(printZeroChecks(plan.checks, plan.insertOnly)).toContain(
    "export const insertOnly = ['events'] as const;",
  );
});
