import { afterAll, beforeAll, describe } from 'vitest';
import { testConvergence } from './stack/convergence.ts';
import { testHostileMessages } from './stack/hostile-messages.ts';
import { testLeaks } from './stack/leaks.ts';
import { testLiveAccess } from './stack/live-access.ts';
import { plantHostileRows, type HostileRows } from './stack/plant-hostile-rows.ts';
import { testSchemaChange } from './stack/schema-change.ts';
import { testQueryFlood } from './stack/query-flood.ts';
import { startSyncedGarden, type SyncedGarden } from './stack/synced-garden.ts';

// One Postgres and one zero-cache for all of it: to start them costs more than the tests.

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
// zero-cache now and then answers nothing at all to a first message; who gets more gets it again.
describe('nobody gets more by what they send', { retry: 1 }, () => {
  testHostileMessages(stack, planted);
});
describe('one client does not keep others waiting', () => {
  testQueryFlood(stack);
});
// It waits for intervals of zero-cache; a right that outlives them would fail both times.
describe('access ends while people are connected', { retry: 1 }, () => {
  testLiveAccess(stack, planted);
});
describe('people write', () => {
  testConvergence(stack, planted);
});
// The last: the tables are others afterwards.
describe('the schema changes while people are there', () => {
  testSchemaChange(stack, planted);
});
