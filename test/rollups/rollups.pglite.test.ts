import type { PGlite } from '@electric-sql/pglite';
import { and, eq } from 'drizzle-orm';
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/kit/id.ts';
import type { AnyDatabase } from '../../src/postgres/any-database.ts';
import { markRollup } from '../../src/maintain/rollups/mark-rollup.ts';
import { updateRollups } from '../../src/maintain/rollups/update-rollups.ts';
import { writeUnsupported } from '../../src/project/generate/write-unsupported.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { definitionsOf } from '../catalog/made-database.ts';
import { install } from '../kit/install.ts';
import { expectEqual } from './expect-equal.ts';
import { requestHours, requests, rollups, tables } from './requests.fixture.ts';

let client: PGlite;
let db: PgliteDatabase;
beforeAll(async () => {
  client = await blankPostgres();
  db = drizzle(client);
  const { tables: models } = definitionsOf(tables);
  const exec = (text: string) => client.exec(writeUnsupported(text, models));
  await install({ exec } as never, tables);
  await client.exec(`select make_partitions('requests', 2, '2026-01-01')`);
});
afterAll(() => client.close());
const reset = () =>
  client.exec(`truncate requests, request_hours, request_days, tenant_hours,
    rollups.request_hours, rollups.request_days, rollups.tenant_hours`);
beforeEach(reset);

type Row = typeof requests.$inferInsert;

/** Close times and few keys, so that operations meet in the same buckets; two days and two months. */
const row: fc.Arbitrary<Row> = fc.record({
  id: fc.constant('').map(() => newId()),
  at: fc
    .integer({ min: Date.UTC(2026, 0, 31, 20), max: Date.UTC(2026, 1, 1, 4) })
    .map((time) => new Date(time)),
  tenant: fc.integer({ min: 1, max: 2 }),
  server: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 8 }),
  status: fc.option(fc.constantFrom(200, 404, 499, 500, 503), { freq: 8 }),
  ms: fc.option(fc.oneof(fc.integer({ min: 0, max: 600 }), fc.constantFrom(9, 10, 50, 499, 500))),
});
const rows = fc.array(row, { minLength: 1, maxLength: 8 });

type Step = (on: AnyDatabase, before: Row[]) => Promise<unknown>;

const insert = (on: AnyDatabase, values: readonly Row[]) =>
  on
    .insert(requests)
    .values([...values])
    .onConflictDoNothing();

const write: fc.Arbitrary<Step> = fc.oneof(
  rows.map((added): Step => async (on, before) => {
    await insert(on, added);
    before.push(...added);
  }),
  // The same events again, as a writer sends them after a timeout.
  fc.constant<Step>(async (on, before) => {
    if (before.length > 0) await insert(on, before.slice(-4));
  }),
  fc.tuple(fc.nat(), row).map(([at, values]): Step => async (on, before) => {
    const old = before[at % before.length];
    if (!old) return;
    // A new id, because the event may have been moved to this time and sent again since.
    const moved = { ...values, id: newId() };
    await on
      .update(requests)
      .set(moved)
      .where(and(eq(requests.id, old.id), eq(requests.at, old.at)));
    before.push(moved);
  }),
  fc.nat().map((at): Step => async (on, before) => {
    const old = before[at % before.length];
    if (old) await on.delete(requests).where(eq(requests.id, old.id));
  }),
);
const update = fc.constantFrom(1, 3, 10_000).map(
  (batch): Step =>
    (on) =>
      updateRollups(on, rollups, { batch }),
);

/** A step that is lost with its connection before COMMIT. */
const aborted =
  (step: Step): Step =>
  (on, before) =>
    on
      .transaction(async (tx) => {
        await step(tx, [...before]);
        throw new Error('lost');
      })
      .catch(({ message }: Error) => expect(message).toBe('lost'));

const step = fc.oneof(
  { weight: 4, arbitrary: write },
  { weight: 2, arbitrary: update },
  { weight: 1, arbitrary: fc.oneof(write, update).map(aborted) },
);

test('rollups equal a computation from all rows, whatever happens before', async () => {
  let buckets = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      await reset();
      const before: Row[] = [];
      for (const one of steps) await one(db, before);
      await updateRollups(db, rollups);
      buckets += await expectEqual(db);
    }),
    { numRuns: 25 },
  );
  expect(buckets).toBeGreaterThan(80);
});

const event = (values: Partial<Row> = {}): Row => ({
  id: newId(),
  at: new Date('2026-01-10T10:30:00Z'),
  tenant: 1,
  server: 1,
  status: 200,
  ms: 7,
  ...values,
});

test('an update computes only the changed buckets', async () => {
  await insert(db, [event(), event({ at: new Date('2026-01-11T00:00:00Z') })]);
  expect(await updateRollups(db, rollups)).toEqual([
    { table: 'request_hours', buckets: 2 },
    { table: 'tenant_hours', buckets: 2 },
    { table: 'request_days', buckets: 2 },
  ]);
  await insert(db, [event(), event({ server: null })]);
  const again = await updateRollups(db, rollups);
  expect(again.map(({ buckets }) => buckets)).toEqual([1, 1, 1]);
  expect((await updateRollups(db, rollups)).map(({ buckets }) => buckets)).toEqual([0, 0, 0]);
});

test('a rollup outlives the rows of a dropped partition', async () => {
  await insert(db, [event()]);
  await updateRollups(db, rollups);
  await insert(db, [event()]);
  await client.exec('begin; drop table requests_p2026_01');
  await updateRollups(db, rollups);
  const kept = await db.select().from(requestHours);
  await client.exec('rollback');
  // The second event was dropped before it was counted.
  expect(kept).toMatchObject([{ count: 1, sum: 7 }]);
});

test('rows from before the rollup are marked on request', async () => {
  await client.exec('alter table requests disable trigger user');
  await insert(db, [event(), event({ at: new Date('2026-02-10T10:30:00Z') })]);
  await client.exec('alter table requests enable trigger user');
  await updateRollups(db, rollups);
  expect(await db.select().from(requestHours)).toEqual([]);
  const [from, until] = [new Date('2026-01-01'), new Date('2026-02-01')];
  expect(await markRollup(db, requestHours, { from, until })).toBe(1);
  expect(await markRollup(db, requestHours, { from: until, until: new Date('2026-03-01') })).toBe(
    1,
  );
  await updateRollups(db, rollups);
  await expectEqual(db);
});

test('a snapshot from before the call is refused', async () => {
  const refused = db.transaction((tx) => updateRollups(tx, rollups), {
    isolationLevel: 'repeatable read',
  });
  await expect(refused).rejects.toMatchObject({ cause: { code: '25000' } });
});

test('a table that is no rollup is refused, and so is a batch of nothing', async () => {
  await expect(updateRollups(db, [requests])).rejects.toMatchObject({
    problem: { code: 'maintain/no-rollup' },
  });
  await expect(updateRollups(db, rollups, { batch: 0 })).rejects.toThrow(RangeError);
});

test('no other role calls the functions or reads the marks', async () => {
  await client.exec('create role stranger; grant usage on schema rollups to stranger');
  const refused = async (statement: string): Promise<unknown> => {
    try {
      await client.exec(`begin; set local role stranger; ${statement}`);
      return 'allowed';
    } catch (error) {
      return (error as { readonly code: string }).code;
    } finally {
      await client.exec('rollback');
    }
  };
  for (const statement of [
    'select rollups.refresh_request_hours()',
    `select rollups.mark_range_request_hours('2026-01-01', '2026-02-01')`,
    'select rollups.mark_request_hours()',
    'table rollups.request_hours',
    'delete from rollups.request_hours',
  ]) {
    expect([statement, await refused(statement)]).toEqual([statement, '42501']);
  }
  // A writer needs no rights on the marks.
  await client.exec('grant insert on requests to stranger');
  expect(
    await refused(`insert into requests values (gen_random_uuid(), '2026-01-05', 1, 1, 200, 5)`),
  ).toBe('allowed');
});
