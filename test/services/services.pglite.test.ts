import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asPrincipal, createServices, ServiceError } from '../../src/server.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { install } from '../kit/install.ts';
import { ANN, BEN, BLUE, EVE, newNote, RED, ROWS, schema, uuidOf } from './team-schema.ts';

let client: PGlite;
const denials: unknown[] = [];
const open = () => {
  const db = drizzle(client);
  const services = createServices(schema, {
    db,
    defaults: { createdAt: () => new Date(5), updatedAt: () => new Date(5) },
    onDenied: (failure, claims) => denials.push([failure.table, failure.operation, claims['sub']]),
  });
  return {
    db,
    services,
    ann: services.as({ sub: ANN }),
    ben: services.as({ sub: BEN }),
    eve: services.as({ sub: EVE }),
    admin: services.as({ sub: EVE, roles: ['admin'] }),
    nobody: services.as({}),
  };
};
let all: ReturnType<typeof open>;
beforeAll(async () => {
  client = await blankPostgres();
  await install(client, schema);
  all = open();
});
beforeEach(async () => {
  denials.length = 0;
  await client.exec(`truncate teams cascade; ${ROWS}`);
});
afterAll(() => client.close());

/** The failure of an operation that has to fail. */
const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof ServiceError) return error.failure;
  throw error;
};

test('a row is created, read, changed and removed by its owner', async () => {
  const { ann } = all;
  const { createdAt: _, updatedAt: __, ...row } = newNote(1);
  const created = await ann.notes.create(row);
  expect(created).toEqual({
    ...row,
    stars: null,
    pinned: null,
    data: null,
    createdAt: new Date(5),
    updatedAt: new Date(5),
  });
  expect(await ann.notes.get(row.id)).toEqual(created);
  expect(await ann.notes.get(row.id, { columns: ['title'] })).toEqual({ title: 'note 1' });
  const changed = await ann.notes.update(row.id, { title: 'new', data: { a: [1] } });
  expect(changed).toMatchObject({ id: row.id, title: 'new', data: { a: [1] } });
  expect(await ann.notes.update(row.id.toUpperCase(), {})).toEqual(changed);
  expect(await ann.notes.remove({ id: row.id })).toEqual(changed);
  expect(await failureOf(ann.notes.get(row.id))).toEqual({ code: 'not-found', table: 'notes' });
});

test('row-level security decides, and what is hidden does not exist', async () => {
  const { ann, ben, eve, nobody } = all;
  await ann.notes.create(newNote(1));
  const key = newNote(1).id;
  expect(await ben.notes.get(key)).toMatchObject({ title: 'note 1' });
  const missing = { code: 'not-found', table: 'notes' };
  for (const other of [eve, nobody]) {
    expect(await failureOf(other.notes.get(key))).toEqual(missing);
    expect(await failureOf(other.notes.update(key, { title: 'x' }))).toEqual(missing);
    expect(await failureOf(other.notes.remove(key))).toEqual(missing);
  }
  expect(denials).toEqual([]);
  // Ben reads the note, but it is not his.
  const denied = (operation: string) => ({ code: 'denied', table: 'notes', operation });
  expect(await failureOf(ben.notes.update(key, { title: 'x' }))).toEqual(denied('update'));
  expect(await failureOf(ben.notes.remove(key))).toEqual(denied('remove'));
  expect(await failureOf(ben.notes.create(newNote(2)))).toEqual(denied('create'));
  expect(await failureOf(nobody.notes.create(newNote(2)))).toEqual(denied('create'));
  expect(denials).toEqual([
    ['notes', 'update', BEN],
    ['notes', 'remove', BEN],
    ['notes', 'create', BEN],
    ['notes', 'create', undefined],
  ]);
});

test('a policy that hides a row from a write denies it, and immutable columns are named', async () => {
  const { ann } = all;
  const { id: key } = await ann.notes.create(newNote(1, { state: 'done' }));
  expect(await failureOf(ann.notes.update(key, { title: 'x' }))).toMatchObject({ code: 'denied' });
  await ann.notes.create(newNote(2));
  const change = ann.notes.update(newNote(2).id, { authorId: BEN, title: 'x' });
  await expect(change).rejects.toThrow(
    'update in notes is denied, because authorId cannot change.',
  );
});

describe('typed failures', () => {
  test('a conflict names the constraint', async () => {
    const { admin, ann } = all;
    expect(await failureOf(admin.teams.create({ id: uuidOf(13), name: 'red' }))).toEqual({
      code: 'conflict',
      table: 'teams',
      constraint: 'teams_name_unique',
    });
    expect(await failureOf(ann.notes.create(newNote(1, { teamId: uuidOf(99) })))).toEqual({
      code: 'conflict',
      table: 'notes',
      constraint: 'fk_notes_team_id_teams',
    });
  });

  test('an invalid row has the issues of the validators, by column and position', async () => {
    const { admin, ann } = all;
    const blank = { id: 'x', name: ' ', extra: 1 } as never;
    expect(await failureOf(admin.teams.create(blank))).toEqual({
      code: 'invalid',
      table: 'teams',
      issues: [
        { path: ['id'], message: expect.any(String) as string },
        { path: ['name'], message: expect.any(String) as string },
        { path: [], message: expect.stringContaining('extra') as string },
      ],
    });
    const many = ann.notes.createMany([newNote(1), newNote(2, { state: 'lost' })]);
    expect(await failureOf(many)).toMatchObject({ issues: [{ path: [1, 'state'] }] });
    expect(await failureOf(ann.notes.update(newNote(1).id, { id: ANN } as never))).toMatchObject({
      code: 'invalid',
    });
    expect((await ann.notes.list()).rows).toEqual([]);
  });

  test('bad keys, columns and rows are invalid', async () => {
    const { ann } = all;
    const cases = [
      ann.notes.get('no uuid'),
      ann.notes.get(undefined as never),
      ann.notes.get({ id: 7 } as never),
      ann.members.get(RED as never),
      ann.members.get({ teamId: RED }),
      ann.notes.get(RED, { columns: ['nothing' as 'id'] }),
      ann.notes.get(RED, { columns: ['__proto__' as 'id'] }),
      ann.notes.create(null as never),
      ann.notes.createMany({ length: 1 } as never),
      ann.notes.updateMany([null as never]),
      ann.notes.create(JSON.parse('{"__proto__":{"id":"x"}}') as never),
    ];
    for (const one of cases) expect(await failureOf(one)).toMatchObject({ code: 'invalid' });
  });

  test('a server-only column is absent, and denied if it is named', async () => {
    const { ann } = all;
    const row = await ann.notes.create(newNote(1));
    expect(row).not.toHaveProperty('secretHash');
    const named = ann.notes.get(row.id, { columns: ['secretHash'] });
    expect(await failureOf(named)).toMatchObject({ code: 'denied', operation: 'get' });
  });

  test('errors contain no data of rows', async () => {
    const { ann } = all;
    const error: unknown = await ann.notes
      .create(newNote(1, { teamId: uuidOf(99), title: 'planted' }))
      .catch((reason: unknown) => reason);
    expect(JSON.stringify(error)).not.toContain('planted');
    expect(String(error)).toBe(
      'ServiceError: notes: the constraint fk_notes_team_id_teams is violated.',
    );
  });
});

test('batches are all or nothing, in the order of their inputs', async () => {
  const { ann, ben } = all;
  const rows = [3, 1, 2].map((number) => newNote(number));
  const created = await ann.notes.createMany(rows, { columns: ['title'] });
  expect(created).toEqual([{ title: 'note 3' }, { title: 'note 1' }, { title: 'note 2' }]);
  const keys = rows.map(({ id }) => id);
  const read = await ben.notes.getMany(keys, { columns: ['title'] });
  expect(read).toEqual(created);
  const clash = ann.notes.createMany([newNote(4), newNote(1)]);
  expect(await failureOf(clash)).toMatchObject({ code: 'conflict', constraint: 'notes_pkey' });
  const changes = keys.map((key, at) => ({ key, changes: { stars: at } }));
  const changed = await ann.notes.updateMany(changes, { columns: ['stars'] });
  expect(changed).toEqual([{ stars: 0 }, { stars: 1 }, { stars: 2 }]);
  const partly = ann.notes.updateMany([
    { key: keys[0]!, changes: { stars: 9 } },
    { key: uuidOf(999), changes: { stars: 9 } },
  ]);
  expect(await failureOf(partly)).toEqual({ code: 'not-found', table: 'notes' });
  expect(await failureOf(ann.notes.removeMany([keys[0]!, uuidOf(999)]))).toMatchObject({
    code: 'not-found',
  });
  expect((await ann.notes.list({ where: { stars: 9 } })).rows).toEqual([]);
  expect(await ann.notes.removeMany(keys, { columns: ['title'] })).toEqual(created);
  expect(await ann.notes.createMany([])).toEqual([]);
  expect(await ann.notes.getMany([])).toEqual([]);
  expect(await ann.notes.removeMany([])).toEqual([]);
});

test('a row that the principal cannot read back is created without columns', async () => {
  const { admin, ann } = all;
  const event = { id: uuidOf(50), at: new Date(0), what: 'x' };
  expect(await admin.events.create(event, { columns: [] })).toEqual({});
  expect(await failureOf(admin.events.update(event.id, { what: 'y' }))).toMatchObject({
    code: 'denied',
  });
  expect(await failureOf(ann.events.create(event))).toMatchObject({ code: 'denied' });
});

test('a composite key is an object', async () => {
  const { admin, ben } = all;
  const key = { teamId: BLUE, userId: ANN };
  expect(await admin.members.create(key)).toEqual(key);
  expect(await ben.members.get(key)).toEqual(key);
  expect(await failureOf(ben.members.remove(key))).toMatchObject({ code: 'denied' });
  expect(await admin.members.remove(key)).toEqual(key);
});

describe('inside a transaction', () => {
  test('several operations are one transaction, and a caught failure does not end it', async () => {
    const { ann, db } = all;
    const result = await ann.transaction(async (services, tx) => {
      await services.notes.create(newNote(1));
      expect(await failureOf(services.notes.create(newNote(1)))).toMatchObject({
        code: 'conflict',
      });
      await Promise.all([2, 3].map((number) => services.notes.create(newNote(number))));
      const { rows } = (await tx.execute<{ count: number }>(
        sql`select count(*)::int from notes`,
      )) as unknown as { rows: { count: number }[] };
      return rows[0]?.count;
    });
    expect(result).toBe(3);
    const failed = ann.transaction(async ({ notes }) => {
      await notes.create(newNote(4));
      throw new Error('stop');
    });
    await expect(failed).rejects.toThrow('stop');
    expect(await db.$count(schema.notes)).toBe(3);
  });

  test('an outer transaction keeps its own role and claims', async () => {
    const { services, db } = all;
    const who = sql`select current_user as role, current_setting('request.jwt.claims', true) as claims`;
    await db.transaction(async (tx) => {
      const before = (await tx.execute(who)).rows;
      await services.as({ sub: ANN }).in(tx).notes.create(newNote(1));
      expect(
        await failureOf(services.as({ sub: BEN }).in(tx).notes.remove(newNote(1).id)),
      ).toMatchObject({ code: 'denied' });
      expect((await tx.execute(who)).rows).toEqual(before);
    });
    await asPrincipal(db, { role: 'app_user', claims: { sub: BEN } }, async (tx) => {
      await services.as({ sub: ANN }).in(tx).notes.update(newNote(1).id, { title: 'x' });
      const [row] = ((await tx.execute(who)) as unknown as { rows: object[] }).rows;
      expect(row).toEqual({ role: 'app_user', claims: JSON.stringify({ sub: BEN }) });
    });
    const after = await db.execute(who);
    expect(after.rows).toEqual([
      { role: 'postgres', claims: expect.toBeOneOf([null, '']) as unknown },
    ]);
  });
});
