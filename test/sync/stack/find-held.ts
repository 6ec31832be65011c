import { setTimeout as sleep } from 'node:timers/promises';
import type { Principal } from '../../../src/apps/garden/zero/index.ts';
import { queries } from '../../../src/apps/garden/zero/index.ts';
import type { HeldRows } from '../../hostile/allowed-rows.ts';
import { allQueries, hostileQueries } from './hostile-queries.ts';
import { openClient } from './open-client.ts';
import { openStore } from '../../hostile/open-store.ts';
import type { HostileRows } from './plant-hostile-rows.ts';

/** The data of a client after it has run every query that it can name. */
export interface Held {
  readonly rows: HeldRows;
  readonly text: string;
  /** Number of rows per hostile query. */
  readonly results: Readonly<Record<string, number>>;
}

/** Every query of the garden, with arguments that target hidden rows. */
function gardenQueries({ request, package: packages, version }: HostileRows) {
  const { packages: ofPackages, requests, tags, profile } = queries;
  const both = [version.alive, version.deleted];
  return [
    ...(['name', 'newest', 'updated'] as const).map((sort) =>
      ofPackages.search({ sort, limit: 200 }),
    ),
    ofPackages.search({ text: 'deleted' }),
    ofPackages.search({ tags: { any: ['alive-0', 'deleted-1'] } }),
    ofPackages.search({ tags: { all: ['alive-2', 'deleted-1'] } }),
    ofPackages.page({ registry: 'npm', name: 'alive-0' }),
    ofPackages.page({ registry: 'npm', name: 'deleted-1' }),
    ...Object.values(packages).flatMap((packageId) => [
      ofPackages.versions({ packageId }),
      ofPackages.latestVersion({ packageId }),
      ofPackages.dependents({ packageId, limit: 200 }),
    ]),
    ...both.flatMap((versionId) => [
      ofPackages.dependencies({ versionId }),
      ofPackages.dependencies({ versionId, type: 'runtime' }),
    ]),
    ofPackages.using({ name: 'needs-1', version: '1.0.0' }),
    ofPackages.using({ name: 'needs-2', version: '1.0.0', registry: 'npm' }),
    ofPackages.deleted({}),
    profile.mine(),
    requests.mine({}),
    ...Object.values(request).map((id) => requests.page({ id })),
    requests.queue({}),
    requests.queue({ status: 'all' }),
    requests.queue({ status: 'fetching', registry: 'npm' }),
    tags.list({ text: 'deleted' }),
    tags.list({}),
    tags.page({ slug: 'deleted-1' }),
    tags.deleted({}),
  ];
}

/** Runs all queries as a principal, and then reads the whole store of the client. */
export async function findHeld(cacheUrl: string, rows: HostileRows, as?: Principal): Promise<Held> {
  const store = openStore();
  const zero = await openClient({ cacheUrl, store, ...(as && { as }) });
  try {
    const garden = gardenQueries(rows);
    // Queries remain open, because data of closed queries might be evicted.
    for (const query of garden) zero.materialize(query as never);
    const results: Record<string, number> = {};
    for (const name of Object.keys(hostileQueries) as (keyof typeof hostileQueries)[]) {
      // The row types differ, but only the number of rows is needed here.
      const request = (allQueries.hostile[name] as () => unknown)() as never;
      zero.materialize(request);
      const found: unknown = await zero.run(request, { type: 'complete' });
      results[name] = (found as readonly unknown[]).length;
    }
    for (const query of garden) await zero.run(query as never, { type: 'complete' });
    // The client persists its store one second after its last activity.
    const asked = garden.length + Object.keys(results).length;
    while (store.answered() < asked) await sleep(50);
    return { rows: store.rows(), text: store.text(), results };
  } finally {
    await zero.close();
  }
}
