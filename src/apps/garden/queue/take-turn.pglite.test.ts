import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { HeldRequests } from './held-requests.ts';
import { enqueueAll } from './enqueue.ts';
import type { QueueDatabase } from './queue-database.ts';
import { settingsWith } from './settings.ts';
import { takeTurn } from './take-turn.ts';
import { gardenMigrations } from '../migrations-folder.ts';

let database: TestDatabase<Record<string, never>>;
beforeAll(async () => {
  database = await testDatabase({ folder: gardenMigrations });
});
afterAll(() => database[Symbol.asyncDispose]());

/** A worker that completes all held requests and claims a number of new ones in each turn. */
function worker(db: QueueDatabase, limit: number) {
  const held = new HeldRequests();
  return async (claim = limit): Promise<readonly string[]> => {
    const events: string[] = [];
    for (const one of held.all()) {
      one.state = { is: 'completed', completion: { lease: one.request.lease } };
    }
    await takeTurn({
      db,
      held,
      holder: 'w',
      settings: settingsWith(),
      limit: claim,
      onEvent: (event) => {
        if (event.type === 'claimed') {
          events.push(
            ...event.requests.map((one) => `${one.packageName} claimed ${one.attemptCount}`),
          );
        } else if ('request' in event) events.push(`${event.request.packageName} ${event.type}`);
      },
    });
    return events;
  };
}

const fill = (db: QueueDatabase, ...names: readonly string[]) =>
  enqueueAll(
    db,
    names.map((packageName, at) => ({ packageName, registry: 'npm' as const, priority: 90 - at })),
  );
const rows = async (db: QueueDatabase): Promise<unknown> => {
  const { rows: all } =
    (await db.execute(sql`select concat_ws(' ', package_name, status, attempt_count,
    locked_by, locked_until > now(), error_message) as line from package_requests order by package_name`)) as {
      rows: { line: string }[];
    };
  return all.map(({ line }) => line);
};

test.each([1, 2])('a turn of %i ends completed requests and claims new ones', (limit) =>
  database.isolated(async ({ db }) => {
    const names = ['a', 'b', 'c', 'd'].slice(0, 2 * limit);
    await fill(db, ...names);
    await db.execute(sql`update package_requests set error_message = 'before'`);
    const turn = worker(db, limit);
    const [first, second] = [names.slice(0, limit), names.slice(limit)];
    expect(await turn()).toEqual(first.map((name) => `${name} claimed 1`));
    expect(await turn()).toEqual([
      ...first.map((name) => `${name} completed`),
      ...second.map((name) => `${name} claimed 1`),
    ]);
    expect(await rows(db)).toEqual([
      ...first.map((name) => `${name} completed 1`),
      ...second.map((name) => `${name} fetching 1 w t before`),
    ]);
    expect(await turn()).toEqual(second.map((name) => `${name} completed`));
    expect(await turn()).toEqual([]);
  }),
);

test.each([
  [
    'ran out',
    sql`update package_requests set locked_until = now() - interval '1 s' where package_name = 'a'`,
    'a fetching 1 w f',
  ],
  [
    'is another’s',
    sql`update package_requests set locked_by = 'v' where package_name = 'a'`,
    'a fetching 1 v t',
  ],
  [
    'is a later one',
    sql`update package_requests set attempt_count = 2 where package_name = 'a'`,
    'a fetching 2 w t',
  ],
  [
    'was cancelled',
    sql`update package_requests set status = 'cancelled', locked_by = null, locked_until = null where package_name = 'a'`,
    'a cancelled 1',
  ],
])('where the lease %s, nothing ends, and the next one is claimed', (_, lose, left) =>
  database.isolated(async ({ db }) => {
    await fill(db, 'a');
    const turn = worker(db, 1);
    await turn();
    await fill(db, 'b');
    // The expired request must not be claimed before the other one.
    await db.execute(sql`update package_requests set priority = 100 where package_name = 'b'`);
    await db.execute(lose);
    expect(await turn()).toEqual(['a lost', 'b claimed 1']);
    expect(await rows(db)).toEqual([left, 'b fetching 1 w t']);
  }),
);
