import { setTimeout as sleep } from 'node:timers/promises';
import { defineMutator, defineMutators } from '@rocicorp/zero';
import { serverMutators } from '../../../src/apps/garden/server/server-mutators.ts';
import { newId } from '../../../src/kit/index.ts';
import { mutators, queries, zql } from '../../../src/apps/garden/zero/index.ts';
import { signedIn } from '../../../src/apps/garden/zero/mutators/signed-in.ts';
import { openClient, type GardenClient } from './open-client.ts';
import { startSyncedGarden, type SyncedGarden } from './synced-garden.ts';

export interface Kills {
  readonly mutations: number;
  /** Mean time between kills, in milliseconds. */
  readonly every: number;
  /** Timeout in milliseconds. */
  readonly timeout: number;
}

export interface KillReport {
  /** Lost, duplicate or refused mutations, one line each. */
  readonly faults: readonly string[];
  readonly killed: { readonly zeroCache: number; readonly postgres: number };
  /** Mutations that took more than a second because of a kill. */
  readonly delayed: number;
  /** Mutations that a client refused. */
  readonly refused: number;
  readonly milliseconds: number;
}

/** Increments a number, so that duplicate and lost mutations are visible. */
const counting = {
  counting: {
    add: defineMutator(async ({ tx, ctx }) => {
      const id = signedIn(ctx);
      const mine = await tx.run(zql.account.where('id', id).one());
      await tx.mutate.account.update({ id, name: String(Number(mine?.name) + 1) });
    }),
  },
};

const all = defineMutators(mutators, counting);

type Sent = ReturnType<GardenClient['mutate']>;

interface User {
  readonly id: string;
  readonly client: GardenClient;
  close(): Promise<void>;
  additions: number;
  readonly assigned: string[];
}

/** Users write continuously while zero-cache and Postgres are killed at random moments. */
export async function runKills({ mutations, every, timeout }: Kills): Promise<KillReport> {
  await using garden = await startSyncedGarden({
    mutators: defineMutators(serverMutators() as never, counting as never),
  });
  const started = performance.now();
  const patience = AbortSignal.timeout(timeout);
  const { tagId, packageIds } = await plant(garden, mutations);
  const users = await Promise.all(Array.from({ length: 3 }, () => openUser(garden)));
  const faults: string[] = [];
  const killed = { zeroCache: 0, postgres: 0 };
  let [delayed, refused] = [0, 0];
  try {
    const answers: Promise<void>[] = [];
    const watch = async (what: string, sent: Sent, count: () => void): Promise<void> => {
      const begun = performance.now();
      // In the error state, the client refuses mutations, which is not a loss.
      if ((await sent.client).type === 'error') return void (refused += 1);
      count();
      const answer = await sent.server;
      // If the connection ends with an error, pending mutations are still sent later; only
      // their promises reject.
      if (answer.type === 'error' && answer.error.type === 'app') {
        faults.push(`${what} was answered ${JSON.stringify(answer)}`);
      }
      if (performance.now() - begun > 1000 || answer.type === 'error') delayed += 1;
    };
    const written = new AbortController();
    const write = (async () => {
      for (let at = 0; at < mutations; at += 1) {
        const user = users[Math.floor(Math.random() * users.length)]!;
        const { mutate } = user.client;
        if (at % 2 === 0) {
          const count = (): void => void (user.additions += 1);
          answers.push(watch(`addition ${at}`, mutate(all.counting.add()), count));
        } else {
          const assignment = {
            id: newId(),
            packageId: packageIds[at >> 1]!,
            tagId,
            at: Date.now(),
          };
          const count = (): void => void user.assigned.push(assignment.id);
          answers.push(watch(`tag ${at}`, mutate(all.tags.assign(assignment)), count));
        }
        await sleep(Math.random() * 120, undefined, { signal: patience });
      }
      written.abort();
    })();
    const kill = (async () => {
      let next = Math.random() < 0.5;
      while (!written.signal.aborted) {
        await sleep(every * (0.5 + Math.random()), undefined, { signal: patience });
        if (next) await garden.killPostgres();
        else await garden.killCache();
        killed[next ? 'postgres' : 'zeroCache'] += 1;
        next = !next;
      }
    })();
    await Promise.all([write, kill]);
    await Promise.race([
      Promise.all(answers),
      sleep(timeout, undefined, { signal: patience }).catch(() => {
        faults.push('not every mutation was answered in time');
      }),
    ]);
    for (const user of users) faults.push(...(await findFaults(garden, user)));
  } finally {
    await Promise.all(users.map((one) => one.close()));
  }
  return {
    faults,
    killed,
    delayed,
    refused,
    milliseconds: Math.round(performance.now() - started),
  };
}

/** A tag, and a package for each mutation that needs one. */
async function plant(
  { sql }: SyncedGarden,
  mutations: number,
): Promise<{ readonly tagId: string; readonly packageIds: readonly string[] }> {
  const tagId = newId();
  await sql`insert into tags (id, name, slug, created_at, updated_at) values (${tagId}, 'Kept', 'kept', now(), now())`;
  const packageIds = Array.from({ length: Math.ceil(mutations / 2) }, () => newId());
  await sql`
    insert into packages (id, name, registry, created_at, updated_at)
    select id, 'package-' || n, 'npm', now(), now()
    from unnest(${packageIds}::uuid[]) with ordinality as u (id, n)`;
  return { tagId, packageIds };
}

async function openUser(garden: SyncedGarden): Promise<User> {
  const id = newId();
  await garden.sql`insert into account (id, name, created_at, updated_at) values (${id}, '0', now(), now())`;
  const client = await openClient({
    cacheUrl: garden.cacheUrl,
    as: { sub: id, roles: [] },
    mutators: all,
  });
  // The page must reconnect after an error; Zero does not.
  const again = setInterval(() => {
    if (client.connection.state.current.name === 'error') void client.connection.connect();
  }, 300);
  await client.run(queries.profile.mine(), { type: 'complete' });
  client.materialize(queries.profile.mine());
  client.materialize(queries.packages.search({ tags: { all: ['kept'] }, limit: 100 }));
  const close = async (): Promise<void> => {
    clearInterval(again);
    await client.close();
  };
  return { id, client, close, additions: 0, assigned: [] };
}

async function findFaults(garden: SyncedGarden, user: User): Promise<readonly string[]> {
  const { id, client, additions, assigned } = user;
  const faults: string[] = [];
  const [there] = await garden.sql<[{ name: string; tags: string[] }]>`
    select name, array(select id::text from package_tags where created_by = ${id}) as tags
    from account where id = ${id}`;
  if (there.name !== String(additions)) {
    faults.push(`of ${additions} additions the database counts ${there.name}`);
  }
  const kept = new Set(there.tags);
  faults.push(
    ...assigned.filter((one) => !kept.delete(one)).map((one) => `the tag ${one} was lost`),
    ...[...kept].map((one) => `no client sent the tag ${one}`),
  );
  // The client converges to the same value after replication.
  const until = performance.now() + 30_000;
  const shown = async () => (await client.run(queries.profile.mine()))?.name;
  while ((await shown()) !== String(additions) && performance.now() < until) await sleep(100);
  if ((await shown()) !== String(additions)) {
    faults.push(`of ${additions} additions the client counts ${await shown()}`);
  }
  return faults;
}
