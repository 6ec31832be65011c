import { afterAll, beforeAll, describe } from 'vitest';
import { testLeaks } from './stack/leaks.ts';
import { startSyncedGarden, type SyncedGarden } from './stack/synced-garden.ts';

// One Postgres and one zero-cache for all of it: to start them costs more than the tests.

let garden: SyncedGarden;
beforeAll(async () => {
  garden = await startSyncedGarden();
});
afterAll(() => garden?.[Symbol.asyncDispose]());

describe('no client holds a row that its principal may not read', () => testLeaks(() => garden));
