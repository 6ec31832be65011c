import type { PGlite } from '@electric-sql/pglite';
import { getTableColumns } from 'drizzle-orm';
import { boolean, integer, primaryKey, text, uuid, type PgTable } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  anyone,
  can,
  defineAccess,
  eq,
  exists,
  id,
  instant,
  isNull,
  lt,
  not,
  or,
  owner,
  and,
  pgTable,
  role,
} from '../../src/kit/index.ts';
import { accessRules, createServices, ServiceError } from '../../src/server.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { compareAccess, type Attempt, type Enforcer, type Verdict } from '../../src/testing.ts';
import { install } from '../kit/install.ts';

// Without checks and foreign keys, so that only the rules refuse a row.
const { access, claims } = defineAccess({ claims: { level: 'integer' } });
const groups = pgTable(
  'groups',
  { id: id(), ownerId: uuid('owner_id'), open: boolean('open'), level: integer('level') },
  (t) => [
    ...access(t, {
      read: or(eq(t.open, true), owner(t.ownerId), role('admin')),
      insert: and(owner(t.ownerId), or(isNull(t.level), lt(t.level, claims.level))),
      update: { from: owner(t.ownerId), to: or(owner(t.ownerId), eq(t.open, true)) },
      delete: and(owner(t.ownerId), not(eq(t.open, true))),
    }),
  ],
).enableRLS();
const memberships = pgTable(
  'memberships',
  { groupId: uuid('group_id').notNull(), personId: uuid('person_id').notNull(), at: instant('at') },
  (t) => [
    primaryKey({ columns: [t.groupId as never, t.personId as never] }),
    ...access(t, {
      read: anyone,
      insert: can(() => groups, { id: t.groupId }, 'update'),
      update: owner(t.personId),
      delete: or(
        owner(t.personId),
        can(() => groups, { id: t.groupId }, 'delete'),
      ),
    }),
  ],
).enableRLS();
const posts = pgTable(
  'posts',
  { id: id(), groupId: uuid('group_id'), authorId: uuid('author_id'), title: text('title') },
  (t) => [
    ...access(t, {
      read: or(
        owner(t.authorId),
        exists(
          () => memberships,
          { groupId: t.groupId },
          (m) => owner(m.personId),
        ),
      ),
      insert: owner(t.authorId),
      update: owner(t.authorId),
      delete: and(owner(t.authorId), not(eq(t.title, 'kept'))),
      immutable: [t.authorId],
    }),
  ],
).enableRLS();
const schema = { groups, memberships, posts };

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
  await install(client, schema);
});
afterAll(() => client.close());

const asked: Record<string, number> = {};

/** Each attempt through the services, in a savepoint that is rolled back. */
const servicesEnforcer: Enforcer = {
  name: 'services',
  enter: async () => ({
    write: async (principal, attempts) => {
      const verdicts: Verdict[] = [];
      for (const attempt of attempts) {
        await client.exec('savepoint attempt');
        const verdict = await verdictOf(attempt, principal);
        await client.exec('rollback to savepoint attempt');
        const name = `${attempt.operation} ${verdict}`;
        asked[name] = (asked[name] ?? 0) + 1;
        verdicts.push(verdict);
      }
      return verdicts;
    },
    leave: async () => {},
  }),
};

async function verdictOf(attempt: Attempt, principal: object): Promise<Verdict> {
  // The comparison has a transaction open, so the transaction of a service is a savepoint of it.
  const inside = {
    query: client.query.bind(client),
    exec: client.exec.bind(client),
    async transaction<R>(run: (tx: object) => Promise<R>): Promise<R> {
      await client.exec('savepoint service');
      try {
        const result = await run(client);
        await client.exec('release savepoint service');
        return result;
      } catch (error) {
        await client.exec('rollback to savepoint service');
        throw error;
      }
    },
  };
  const db = drizzle({ client: inside as unknown as PGlite });
  const services = createServices(schema, { db }).as({ ...principal });
  const [name, table] = Object.entries(schema).find(([one]) => one === attempt.table) ?? [];
  if (!name || !table) return 'unasked';
  // The types of each table differ; the comparison is generic.
  const service = services[name as 'posts'];
  const named = (row: Readonly<Record<string, unknown>>) => rowOf(table, row) as never;
  try {
    if (attempt.operation === 'insert') await service.create(named(attempt.after));
    else if (attempt.operation === 'delete') await service.remove(named(attempt.before));
    else {
      const { before, after } = attempt;
      const changed = Object.keys(after).filter((column) => before[column] !== after[column]);
      const changes = Object.fromEntries(changed.map((column) => [column, after[column]]));
      await service.update(named(before), named(changes));
    }
    return 'allowed';
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    // The validators refuse an update of the key, which no policy is asked about.
    if (error.failure.code === 'invalid') return 'unasked';
    expect(['denied', 'not-found']).toContain(error.failure.code);
    return 'denied';
  }
}

/** A row by the names of TypeScript, with the values of Drizzle. */
const rowOf = (table: PgTable, row: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(
    Object.entries(getTableColumns(table)).flatMap(([name, column]) => {
      if (!Object.hasOwn(row, column.name)) return [];
      const value = row[column.name];
      const isMoment = column.dataType === 'date' && typeof value === 'number';
      return [[name, isMoment ? new Date(value) : value]];
    }),
  );

test('the verdicts of the services are those of row-level security', async () => {
  const { enforcers } = await compareAccess({
    client,
    rules: accessRules(schema),
    enforcers: [servicesEnforcer],
    questions: 300,
    seed: 20,
  });
  expect(enforcers).toContain('services');
  const kinds = ['insert', 'update', 'delete'].flatMap((operation) => [
    `${operation} allowed`,
    `${operation} denied`,
  ]);
  for (const kind of kinds) expect(asked[kind], kind).toBeGreaterThan(10);
});
