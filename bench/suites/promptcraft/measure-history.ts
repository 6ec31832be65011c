import { PROMPTCRAFT_ROLE } from '../../../src/apps/promptcraft/role.ts';
import { promptcraftMigrations } from '../../../src/apps/promptcraft/migrations-folder.ts';
import { promptPages } from '../../../src/apps/promptcraft/queries/history-pages.ts';
import { insertCatalog } from '../../../src/apps/promptcraft/seed/insert-catalog.ts';
import { migrate } from '../../../src/migrations/index.ts';
import { asPrincipal } from '../../../src/postgres/as-principal.ts';
import { openGarden } from '../../../test/queries/open-garden.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { contestOrder } from '../../frame/contest-order.ts';
import { summarise } from '../../frame/summarise.ts';
import { startBigPostgres } from '../seed/migrated-server.ts';

/** Numbers of prompts. One person has 100,000 of them. */
const SIZES = [200_000, 2_000_000] as const;
const WARM_UP = 20;
const RUNS = 400;
const PERSON = '00000000-0000-4000-8000-000000000001';
const claims = { sub: PERSON };

type Open = ReturnType<typeof openGarden>;
type Page = 'first' | 'deep';

interface Planted {
  readonly open: Open;
  /** The cursor of a page far from the first. */
  readonly deep: string;
}

/**
 * Measures a page of the history as a user reads it: a transaction with the role and the claims,
 * and the query under row-level security. The target of 3 ms is 20 times `select 1`, for the
 * reason in measure-queries.ts.
 */
export async function* measureHistory(context: Context): AsyncGenerator<Measurement, void> {
  const { progress, signal } = context;
  await using server = await startBigPostgres();
  const databases: Planted[] = [];
  try {
    for (const prompts of SIZES) {
      signal.throwIfAborted();
      progress(`${prompts} prompts`);
      const url = await server.createDatabase();
      await migrate(url, { folder: promptcraftMigrations });
      const open = openGarden(url);
      await plantHistory(open, prompts);
      databases.push({ open, deep: await cursorAt(open, 1000) });
    }
    for (const page of ['first', 'deep'] as const) {
      progress(`the ${page} page`);
      yield* measurePage(page, databases);
    }
  } finally {
    await Promise.all(databases.map(({ open }) => open.client.end()));
  }
}

const read = ({ db }: Open, cursor?: string) =>
  asPrincipal(db, { role: PROMPTCRAFT_ROLE, claims }, (tx) =>
    promptPages(tx, { userId: PERSON }, cursor),
  );

async function* measurePage(
  page: Page,
  databases: readonly Planted[],
): AsyncGenerator<Measurement, void> {
  const [one, other] = databases as [Planted, Planted];
  const readPage = ({ open, deep }: Planted) => read(open, page === 'deep' ? deep : undefined);
  const turns = {
    small: () => readPage(one),
    big: () => readPage(other),
    roundTrip: () => other.open.client`select 1`,
  };
  const times = { small: [] as number[], big: [] as number[], roundTrip: [] as number[] };
  for (let round = 0; round < WARM_UP + RUNS; round += 1) {
    for (const name of contestOrder(['small', 'big', 'roundTrip'] as const, round)) {
      const start = process.hrtime.bigint();
      await turns[name]();
      if (round >= WARM_UP) times[name].push(Number(process.hrtime.bigint() - start));
    }
  }
  yield {
    name: `the ${page} page of 100,000 prompts among 2M, under RLS: p99`,
    value: p99Of(times.big),
    unit: 'ns',
    reference: { name: 'select 1', value: p99Of(times.roundTrip), unit: 'ns' },
    target: 'at most 20 × select 1',
  };
  yield {
    name: `the ${page} page: 2M prompts / 200,000`,
    value: summarise(times.big).median,
    unit: 'ns',
    peer: summarise(times.small).median,
    target: 'at most 1.3',
  };
}

const p99Of = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]!;

/** The cursor after some pages. */
async function cursorAt(open: Open, pages: number): Promise<string> {
  let cursor: string | undefined;
  for (let at = 0; at < pages; at += 1) cursor = (await read(open, cursor)).next;
  if (cursor === undefined) throw new Error('the person has too few prompts');
  return cursor;
}

/** The prompts of all people are mixed in time, as in a real database. */
async function plantHistory({ client, db }: Open, prompts: number): Promise<void> {
  await insertCatalog(db);
  const every = prompts / 100_000;
  await client.unsafe(`
insert into users select ('00000000-0000-4000-8000-' || lpad(to_hex(g), 12, '0'))::uuid, 'user ' || g, now(), now() from generate_series(1, 1000) g;
alter table prompt_history disable trigger user;
insert into prompt_history (id, user_id, framework_id, framework_name, model, provider, user_input, ai_response, vibe_coding, processing_time_ms, tokens_used, cost_usd, status, created_at, updated_at)
select gen_random_uuid(), ('00000000-0000-4000-8000-' || lpad(to_hex(case when g % ${every} = 0 then 1 else 2 + (hashint8(g) & 511) end), 12, '0'))::uuid,
  (array['roses', 'tag', 'race'])[1 + g % 3], 'name', 'gpt-4o', 'openai', repeat('input ' || g, 5), repeat('answer ' || g, 8), false, g % 900, g % 500, 0.001, 'completed',
  timestamptz '2024-01-01' + g * interval '30 seconds', timestamptz '2024-01-01' + g * interval '30 seconds'
from generate_series(1, ${prompts}) g;
alter table prompt_history enable trigger user`);
  await client.unsafe('vacuum analyze prompt_history');
}
