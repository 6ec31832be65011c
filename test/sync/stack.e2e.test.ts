import { afterAll, beforeAll, describe } from 'vitest';
import { testConvergence } from './stack/convergence.ts';
import { testHostileMessages } from './stack/hostile-messages.ts';
import { testLeaks } from './stack/leaks.ts';
import { testLiveAccess } from './stack/live-access.ts';
import { plantHostileRows, type HostileRows } from './stack/plant-hostile-rows.ts';
import { testSchemaChange } from './stack/schema-change.ts';
import { testQueryFlood } from './stack/query-flood.ts';
import { startSyncedGarden, type SyncedGarden } from './stack/synced-garden.ts';

// One Postgres and one zero-cache for all tests, because starting them takes longer than
// the tests.

let garden: SyncedGarden;
let rows: HostileRows;
beforeAll(async () => {
  garden = await startSyncedGarden({
    env: {
      ZERO_AUTH_REVALIDATE_INTERVAL_SECONDS: '1',
      ZERO_AUTH_RETRANSFORM_INTERVAL_SECONDS: '1',
    },
  });
  rows = await plantHostileRows(garden.sql);
}, 150_000);
afterAll(() => garden?.[Symbol.asyncDispose]());

const stack = (): SyncedGarden => garden;
const planted = (): HostileRows => rows;

describe('no client holds a row that its principal may not read', () => {
  testLeaks(stack, planted);
});
// Retried once, because zero-cache sometimes does not answer a first message. A leak would occur
// again.
describe('crafted messages reveal nothing', { retry: 1 }, () => {
  testHostileMessages(stack, planted);
});
describe('one client does not block the others', () => {
  testQueryFlood(stack);
});
// Retried once, because it waits for intervals of zero-cache. A right that is not revoked
// would fail both times.
describe('access ends during a connection', { retry: 1 }, () => {
  testLiveAccess(stack, planted);
});
describe('concurrent writes', () => {
  testConvergence(stack, planted);
});
// Must be last, because it changes the tables.
describe('the schema changes during connections', () => {
  testSchemaChange(stack, planted);
});
