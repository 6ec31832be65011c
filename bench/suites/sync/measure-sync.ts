import { newId } from '../../../src/kit/index.ts';
import { seed } from '../../../src/apps/garden/seed/seed.ts';
import { startZeroCache } from '../../../src/processes/zero-cache.ts';
import { openWire } from '../../../src/processes/wire.fixture.ts';
import { mutators, queries, type Principal } from '../../../src/apps/garden/zero/index.ts';
import { SECRET, token } from '../../../test/sync/garden-server.fixture.ts';
import { allQueries } from '../../../test/sync/stack/hostile-queries.ts';
import { openClient, type GardenClient } from '../../../test/sync/stack/open-client.ts';
import { openStore } from '../../../test/hostile/open-store.ts';
import { startSyncedGarden, type SyncedGarden } from '../../../test/sync/stack/synced-garden.ts';
import { compareTimes } from '../../frame/compare-times.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import {
  bareMutators,
  bareQueries,
  openBareClient,
  serveBareApp,
  type BareClient,
} from '../../../test/sync/bare-app.ts';

const PACKAGES = 1_200;

/** Each application has its own zero-cache on the same database. */
export async function* measureSync(context: Context): AsyncGenerator<Measurement, void> {
  const { progress } = context;
  progress(`starting a garden of ${PACKAGES} packages`);
  await using garden = await startSyncedGarden({
    plant: (url) => seed(url, { packages: PACKAGES }),
  });
  const me = newId();
  await garden.sql`insert into account (id, name, created_at, updated_at) values (${me}, 'Me', now(), now())`;
  await using endpoint = await serveBareApp(garden.databaseUrl, SECRET);
  progress('starting the bare application');
  await using cache = await startZeroCache({
    upstream: garden.databaseUrl,
    publications: ['garden_zero'],
    queryUrl: `${endpoint.url}/query`,
    mutateUrl: `${endpoint.url}/mutate`,
    env: { ZERO_APP_ID: 'bare' },
  });
  const principal: Principal = { sub: me, roles: [] };
  const auth = await token({ sub: me });
  const openOurs = (): Promise<GardenClient> =>
    openClient({ cacheUrl: garden.cacheUrl, as: principal });
  const openBare = (): BareClient => openBareClient(cache.url, me, auth);
  yield await compareBrowsing(context, openOurs, openBare);
  yield await compareWrites(context, me, await openOurs(), openBare());
  for (const [name, as] of [
    ['anonymous', undefined],
    ['a user', { sub: me, roles: [] }],
    ['an admin', { sub: me, roles: ['admin'] }],
  ] as const) {
    progress(`everything, as ${name}`);
    yield* measureReplication(garden, name, as);
  }
}

async function compareBrowsing(
  { contest, progress }: Context,
  openOurs: () => Promise<GardenClient>,
  openBare: () => BareClient,
): Promise<Measurement> {
  progress('cold clients');
  const opened: { close(): Promise<unknown> }[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((client) => client.close()));
  };
  const rows = { ours: 0, bare: 0 };
  const times = await contest(
    {
      ours: {
        before: closeAll,
        run: async () => {
          const client = await openOurs();
          opened.push(client);
          const found = await client.run(queries.packages.search({}), { type: 'complete' });
          rows.ours = found.length;
        },
      },
      bare: {
        before: closeAll,
        run: async () => {
          const client = openBare();
          opened.push(client);
          rows.bare = (await client.run(bareQueries.browse(), { type: 'complete' })).length;
        },
      },
    },
    { rounds: 41, batch: 1 },
  );
  await closeAll();
  if (rows.ours !== 50 || rows.bare !== 50)
    throw new Error(`the two clients have different rows: ${JSON.stringify(rows)}`);
  return compareTimes(
    'first complete browse of a cold client / bare Zero app',
    times.ours,
    times.bare,
    'at most 1.1',
  );
}

async function compareWrites(
  { contest, progress }: Context,
  id: string,
  ours: GardenClient,
  bare: BareClient,
): Promise<Measurement> {
  progress('writes');
  try {
    ours.materialize(queries.profile.mine());
    await ours.run(queries.profile.mine(), { type: 'complete' });
    bare.materialize(bareQueries.me({ id }));
    await bare.run(bareQueries.me({ id }), { type: 'complete' });
    const succeed = async (server: Promise<{ readonly type: string }>): Promise<void> => {
      const answer = await server;
      if (answer.type !== 'success') throw new Error(JSON.stringify(answer));
    };
    let turn = 0;
    const times = await contest(
      {
        ours: () =>
          succeed(
            ours.mutate(
              mutators.rows.account.update({ id, name: `Me ${turn++}`, updatedAt: Date.now() }),
            ).server,
          ),
        bare: () =>
          succeed(
            bare.mutate(bareMutators.rename({ id, name: `Me ${turn++}`, at: Date.now() })).server,
          ),
      },
      { rounds: 151, batch: 1 },
    );
    return compareTimes(
      'round trip of a mutation / bare Zero app',
      times.ours,
      times.bare,
      'at most 1.25',
    );
  } finally {
    await Promise.all([ours.close(), bare.close()]);
  }
}

/** Data that a client with all rows fetches and stores. */
async function* measureReplication(
  garden: SyncedGarden,
  name: string,
  as: Principal | undefined,
): AsyncGenerator<Measurement, void> {
  await using wire = await openWire(garden.cacheUrl);
  const store = openStore();
  const client = await openClient({ cacheUrl: wire.url, store, ...(as && { as }) });
  try {
    const {
      all_packages,
      all_packageVersions,
      all_packageDependencies,
      all_tags,
      all_packageTags,
    } = allQueries.hostile;
    const everything = [
      all_packages,
      all_packageVersions,
      all_packageDependencies,
      all_tags,
      all_packageTags,
    ];
    for (const query of everything) {
      await client.run((query as unknown as () => never)(), { type: 'complete' });
    }
    await untilStill(() => store.text().length);
    const rows = [...store.rows().values()].reduce((sum, { size }) => sum + size, 0);
    const of = `${PACKAGES} packages with all related rows, as ${name}`;
    yield { name: `${of}: rows`, value: rows, unit: 'rows' };
    yield { name: `${of}: on the wire`, value: wire.takeReceived(), unit: 'B' };
    yield { name: `${of}: in the client’s store`, value: store.text().length, unit: 'B' };
  } finally {
    await client.close();
  }
}

/** Waits until the client has written its store, which happens after it has the rows. */
async function untilStill(size: () => number): Promise<void> {
  for (let before = -1; before !== size();) {
    before = size();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
}
