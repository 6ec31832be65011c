import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testConvergence } from './stack/convergence.ts';
import { testHostileMessages } from './stack/hostile-messages.ts';
import { testLeaks } from './stack/leaks.ts';
import { plantHostileRows, type HostileRows } from './stack/plant-hostile-rows.ts';
import { runKillTest } from './stack/run-kill-test.ts';
import { testSchemaChange } from './stack/schema-change.ts';
import { startSyncedGarden, type SyncedGarden } from './stack/synced-garden.ts';

// One Postgres and one zero-cache for all of it: to start them costs more than the tests.

let garden: SyncedGarden;
let rows: HostileRows;
beforeAll(async () => {
  garden = await startSyncedGarden();
  rows = await plantHostileRows(garden.sql);
});
afterAll(() => garden?.[Symbol.asyncDispose]());

describe('no client holds a row that its principal may not read', () =>
  testLeaks(
    () => garden,
    () => rows,
  ));
describe('nobody gets more by what they send', () =>
  testHostileMessages(
    () => garden,
    () => rows,
  ));
describe('people write', () =>
  testConvergence(
    () => garden,
    () => rows,
  ));
describe('the schema changes', () => testSchemaChange(() => garden));

// Last: afterwards other processes serve. kill-servers.ts does it for longer.
test('servers are killed at random moments, and no mutation is lost or doubled', async () => {
  const seed = randomInt(2 ** 31);
  const result = await runKillTest(garden, {
    mutations: 60,
    clients: 3,
    kills: 3,
    seed,
    patience: 60_000,
  });
  expect(result.faults, `seed ${seed}`).toEqual([]);
  expect(result).toMatchObject({
    acknowledged: 60,
    killed: ['zero-cache', 'Postgres', 'endpoints'],
  });
  expect(result.acknowledged).toBeGreaterThan(0);
  expect(result.underWay).toBeGreaterThan(0);
});
