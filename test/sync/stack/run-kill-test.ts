import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../../src/index.ts';
import { mutators } from '../../../src/zero/index.ts';
import { allQueries } from './hostile-queries.ts';
import { openClient, type GardenClient } from './open-client.ts';
import { keepEndpoints } from './keep-endpoints.ts';
import type { SyncedGarden } from './synced-garden.ts';

export interface KillTest {
  /** At least so many. */
  readonly mutations: number;
  /** So many clients write them, each in its turn. */
  readonly clients: number;
  /** How often a server is killed: zero-cache, Postgres and the endpoints by turns. */
  readonly kills: number;
  /** All of it is drawn from this. */
  readonly seed: number;
  /** Milliseconds until what was written has to be there. */
  readonly patience: number;
  /** Hears what is done, for whoever looks on. */
  readonly say?: (text: string) => void;
}

export interface KillResult {
  readonly faults: readonly string[];
  readonly sent: number;
  /** Of these the client heard that they were done, in whatever connection. */
  readonly acknowledged: number;
  /** Mutations that were on their way at a kill. */
  readonly underWay: number;
  readonly killed: readonly string[];
  /** How often the endpoints ended by themselves. */
  readonly crashes: number;
  readonly milliseconds: number;
}

// BEFORE: it also counts an insert that then finds the row there, and does nothing.
const COUNTER = `
  create table if not exists run_log (id uuid not null);
  create or replace function log_run() returns trigger language plpgsql security definer as
    'begin insert into public.run_log values (new.id); return new; end';
  create or replace trigger log_run before insert on tags for each row execute function log_run()`;

/** Clients write, and the servers are killed at random moments: each write must happen, and once. */
export async function runKillTest(garden: SyncedGarden, test: KillTest): Promise<KillResult> {
  const started = performance.now();
  const random = seeded(test.seed);
  const { say = () => {} } = test;
  await garden.sql.unsafe(COUNTER);
  const boss = newId();
  await garden.sql`insert into account values (${boss}, 'Boss', null, now(), now())`;
  const open = (): Promise<GardenClient> => openPatientClient(garden.cacheUrl, boss);
  const clients = await Promise.all(Array.from({ length: test.clients }, open));
  await using endpoints = await keepEndpoints(garden.databaseUrl);
  garden.answerWith(endpoints.handler);
  const victims = [
    ['zero-cache', garden.killCache],
    ['Postgres', garden.killPostgres],
    ['endpoints', endpoints.kill],
  ] as const;
  const sent: string[] = [];
  const acknowledged = new Set<string>();
  const refusals: string[] = [];
  const killed: string[] = [];
  let underWay = 0;
  const write = (client: GardenClient): void => {
    const id = newId();
    sent.push(id);
    const { server } = client.mutate(
      mutators.tags.create({ id, name: id, slug: id, at: Date.now() }),
    );
    void server.then((result) => {
      if (result.type === 'success') acknowledged.add(id);
      // Of any other error the client says that it does not know: it goes on trying.
      else if (result.error.type === 'app')
        refusals.push(`${id} was refused: ${result.error.message}`);
    });
  };
  const anyClient = (): GardenClient => clients[Math.floor(random() * clients.length)]!;
  /** Until what is written now is acknowledged: a kill before that would hit nobody. */
  const untilServed = async (patience: number): Promise<void> => {
    const { size } = acknowledged;
    const until = performance.now() + patience;
    while (acknowledged.size === size && performance.now() < until) {
      write(anyClient());
      await sleep(200);
    }
  };
  try {
    let killing = Promise.resolve();
    const killEvery = test.mutations / (test.kills + 1);
    for (let at = 1; at <= test.mutations; at += 1) {
      write(anyClient());
      // Some by themselves, some in a burst.
      if (random() < 0.3) await sleep(random() * 60);
      if (killed.length < test.kills && at >= killEvery * (killed.length + 0.5 + random() / 2)) {
        // One after the other; the writing goes on meanwhile.
        await killing;
        await untilServed(test.patience);
        for (let burst = 0; burst < 4; burst += 1) write(anyClient());
        await sleep(random() * 30);
        const [name, kill] = victims[killed.length % victims.length]!;
        killed.push(name);
        underWay += sent.length - acknowledged.size;
        say(`${name} is killed, ${acknowledged.size} of ${sent.length} acknowledged`);
        killing = kill().then(() => say(`${name} is back`));
      }
    }
    await killing;
    say(`all are sent, ${acknowledged.size} acknowledged`);
    const until = performance.now() + test.patience;
    while ((await countWritten(garden)) < sent.length && performance.now() < until) await sleep(50);
    say(`${await countWritten(garden)} are written, ${acknowledged.size} acknowledged`);
    const faults = await findFaults(garden, sent, acknowledged, open);
    const milliseconds = Math.round(performance.now() - started);
    return {
      faults: [...refusals, ...faults],
      sent: sent.length,
      acknowledged: acknowledged.size,
      underWay,
      killed,
      crashes: endpoints.crashes(),
      milliseconds,
    };
  } finally {
    garden.answerWith();
    await Promise.all(clients.map((client) => client.close()));
  }
}

/**
 * zero-cache tells clients of a lost database as of any error, and they stop there:
 * to connect again is for the application, and ours does.
 */
async function openPatientClient(cacheUrl: string, sub: string): Promise<GardenClient> {
  const client = await openClient({ cacheUrl, as: { sub, roles: ['admin'] } });
  client.connection.state.subscribe(({ name }) => {
    if (name === 'error') setTimeout(() => void client.connection.connect(), 500).unref();
  });
  return client;
}

const countWritten = async ({ sql }: SyncedGarden): Promise<number> =>
  (
    await sql<{ n: number }[]>`
    select count(distinct id)::int as n from tags join run_log using (id)`
  )[0]?.n ?? 0;

/** What Postgres and a client that was never there before say of the writes. */
async function findFaults(
  { sql }: SyncedGarden,
  sent: readonly string[],
  acknowledged: ReadonlySet<string>,
  open: () => Promise<GardenClient>,
): Promise<readonly string[]> {
  const there = await sql<{ id: string; runs: number }[]>`
    select t.id, (select count(*)::int from run_log l where l.id = t.id) as runs
    from tags t where t.id = any(${sent as string[]})`;
  const runs = new Map(there.map(({ id, runs }) => [id, runs]));
  const reader = await open();
  const all: unknown = await reader.run(allQueries.hostile.all_tags(undefined) as never, {
    type: 'complete',
  });
  await reader.close();
  const seen = new Set((all as readonly { readonly id: string }[]).map(({ id }) => id));
  return sent.flatMap((id) => [
    ...(runs.has(id)
      ? []
      : [`${id} is lost, ${acknowledged.has(id) ? '' : 'not '}being acknowledged`]),
    ...((runs.get(id) ?? 1) === 1 ? [] : [`${id} ran ${runs.get(id)} times`]),
    ...(seen.has(id) ? [] : [`${id} does not reach a new client`]),
  ]);
}

/** Mulberry32: the same numbers for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
