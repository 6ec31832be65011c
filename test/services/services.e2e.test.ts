import { sql as query } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { createServices, ServiceError, steadySql } from '../../src/server.ts';
import { install } from '../kit/install.ts';
import { ANN, BEN, newNote, ROWS, schema } from './team-schema.ts';

let url: string;
let sql: postgres.Sql;
beforeAll(async () => {
  url = await (await sharedPostgres()).createDatabase();
  sql = postgres(url, { max: 10, onnotice: () => {} });
  await install({ exec: (text: string) => sql.unsafe(text).simple() } as never, schema);
});
beforeEach(() => sql.unsafe(`truncate teams cascade; ${ROWS}`).simple());
afterAll(() => sql.end());

test('on postgres.js, rows and failures are the same', async () => {
  const services = createServices(schema, { db: drizzle(sql) });
  const ann = services.as({ sub: ANN });
  const created = await ann.notes.create(newNote(1, { data: { a: ["'"] }, stars: 3 }));
  expect(created).toMatchObject({ data: { a: ["'"] }, createdAt: newNote(1).createdAt });
  expect(await ann.notes.update(created.id, { title: 'x' })).toMatchObject({ title: 'x' });
  await ann.notes.createMany(Array.from({ length: 30 }, (_, at) => newNote(at + 2)));
  const first = await ann.notes.list({ order: { createdAt: 'desc' }, limit: 20 });
  const second = await ann.notes.list({
    order: { createdAt: 'desc' },
    limit: 20,
    cursor: first.next!,
  });
  expect([first.rows.length, second.rows.length, second.next]).toEqual([20, 11, undefined]);
  const expectFailure = (work: Promise<unknown>, failure: object) =>
    expect(work).rejects.toMatchObject({ name: 'ServiceError', failure });
  await expectFailure(ann.notes.create(newNote(1)), { code: 'conflict', constraint: 'notes_pkey' });
  const ben = services.as({ sub: BEN });
  await expectFailure(ben.notes.remove(created.id), { code: 'denied' });
  await expectFailure(services.as({}).notes.get(created.id), { code: 'not-found' });
});

test('claims and role end with the transaction, also after a failure', async () => {
  const one = postgres(url, { max: 1, onnotice: () => {} });
  const services = createServices(schema, { db: drizzle(steadySql(one)) });
  const state = async () => {
    const [row] = await one`select current_user = session_user as login,
      coalesce(current_setting('request.jwt.claims', true), '') as claims`;
    return row;
  };
  try {
    const clean = { login: true, claims: '' };
    await services.as({ sub: ANN }).notes.create(newNote(1));
    expect(await state()).toEqual(clean);
    await expect(services.as({ sub: BEN }).notes.remove(newNote(1).id)).rejects.toThrow(
      ServiceError,
    );
    expect(await state()).toEqual(clean);
    await expect(
      services.as({ sub: ANN }).transaction(async () => {
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(await state()).toEqual(clean);
  } finally {
    await one.end();
  }
});

test('200 concurrent operations of two principals on 10 connections never mix', async () => {
  const services = createServices(schema, { db: drizzle(sql) });
  await services
    .as({ sub: ANN })
    .notes.createMany(Array.from({ length: 5 }, (_, at) => newNote(at)));
  await services
    .as({ sub: BEN })
    .notes.createMany(
      Array.from({ length: 7 }, (_, at) => newNote(at + 10, { authorId: BEN, teamId: BLUE_TEAM })),
    );
  const counts = await Promise.all(
    Array.from({ length: 200 }, async (_, at) => {
      const { rows } = await services.as({ sub: at % 2 ? ANN : BEN }).notes.list();
      return rows.length;
    }),
  );
  // Ann reads her own five notes; Ben reads them as a member of the team, and his own.
  expect(counts).toEqual(counts.map((_, at) => (at % 2 ? 5 : 12)));
});
const BLUE_TEAM = '00000000-0000-7000-8000-000000000012';

test('batches over the same rows in opposite orders do not deadlock', async () => {
  const services = createServices(schema, { db: drizzle(sql) });
  const { notes } = services.as({ sub: ANN });
  const rows = Array.from({ length: 20 }, (_, at) => newNote(at));
  await notes.createMany(rows);
  const changes = rows.map(({ id }, at) => ({ key: id, changes: { stars: at } }));
  await Promise.all(
    Array.from({ length: 16 }, (_, at) =>
      notes.updateMany(at % 2 ? changes : changes.toReversed(), { columns: ['id'] }),
    ),
  );
  expect((await notes.list({ where: { stars: { ne: null } } })).rows).toHaveLength(20);
});

test('an exhausted pool is a problem instead of an endless wait', async () => {
  const one = postgres(url, { max: 1, onnotice: () => {} });
  const services = createServices(schema, { db: drizzle(one), patience: 200 });
  const ann = services.as({ sub: ANN });
  try {
    const nested = ann.transaction(async () => ann.notes.list());
    await expect(nested).rejects.toMatchObject({ problem: { code: 'services/no-connection' } });
    // The operation that gave up does not run later.
    await expect(ann.transaction(async () => ann.notes.create(newNote(1)))).rejects.toMatchObject({
      problem: { code: 'services/no-connection' },
    });
    expect((await ann.notes.list()).rows).toEqual([]);
  } finally {
    await one.end();
  }
});

test('a lost connection is not a failure of the operation', async () => {
  const one = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'lost' },
  });
  const services = createServices(schema, { db: drizzle(steadySql(one)) });
  try {
    const work = services.as({ sub: ANN }).transaction(async ({ notes }, tx) => {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lost'`;
      await tx.execute(query`select 1`);
      return notes.list();
    });
    await expect(work).rejects.not.toBeInstanceOf(ServiceError);
  } finally {
    await one.end({ timeout: 1 });
  }
});
