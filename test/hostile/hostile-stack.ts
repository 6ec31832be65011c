import { defineQueries } from '@rocicorp/zero';
import { deriveQueries, type DerivedQueries } from './derived-queries.ts';
import type { HostileApp, Planted } from './hostile-app.ts';
import { startSyncedApp, type SyncedApp } from './start-synced-app.ts';
import type { Schema } from '@rocicorp/zero';

/** An app with planted rows on real servers, whose endpoints also know the derived queries. */
export interface HostileStack extends AsyncDisposable {
  readonly app: HostileApp;
  readonly synced: SyncedApp<Schema>;
  readonly planted: Planted;
  readonly derived: DerivedQueries;
}

export async function startHostileStack(app: HostileApp): Promise<HostileStack> {
  const derived = deriveQueries(app.schema);
  const synced = await startSyncedApp({
    ...app,
    queries: defineQueries(app.queries as never, { hostile: derived.queries } as never),
    // One client runs every query of this suite at once.
    queryLimits: { perRequest: 1_000, perMinute: 10_000 },
  });
  try {
    const planted = await app.plant(synced.sql);
    return {
      app,
      synced,
      planted,
      derived,
      [Symbol.asyncDispose]: () => synced[Symbol.asyncDispose](),
    };
  } catch (error) {
    await synced[Symbol.asyncDispose]();
    throw error;
  }
}
