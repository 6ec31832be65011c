import { setTimeout as sleep } from 'node:timers/promises';
import type { SqlTransaction } from '../../../src/guard/sql-transaction.ts';
import type { PostgresServer } from '../../../src/processes/postgres-server.ts';
import { attemptWrite } from '../../../src/testing/access/attempt-of.ts';
import { worlds } from '../../../src/testing/access/compare-enforcers.ts';
import { COMPARING } from '../../../src/testing/access/comparing-functions.ts';
import { allowsWrite } from '../../../src/testing/access/guarded-write.ts';
import { attemptSql, becoming } from '../../../src/testing/access/rls-enforcer.ts';
import { sqlTable } from '../../../src/testing/access/sql-value.ts';
import type { World } from '../../../src/testing/access/world.ts';
import { rlsStatements } from '../enforcers/rls.ts';
import { createTables, replaceRows } from '../enforcers/world-tables.ts';
import { serverClient, type ServerClient } from '../server-client.ts';
import { smallWorld } from '../small-world.ts';
import { racesOf, type Race } from './draw-races.ts';

const GUARDED = 'a second writer of a row, by the guard';
const IN_POSTGRES = 'a second writer of a row, by the policies';

/** The items of two writers: a denial counts if the second one was allowed before the first one wrote. */
export const WRITERS: readonly string[] = [GUARDED, IN_POSTGRES].flatMap((name) => [
  `${name}, allowed`,
  `${name}, denied`,
]);

export interface Raced {
  readonly races: number;
  readonly problems: readonly string[];
}

/** Races of each seed, and the worlds to look for them in. */
const RACES = 16;
const WORLDS = 400;

/**
 * Two sessions of a server write one row at the same time, in races from random worlds. The
 * second one must wait, and be judged by the row that the first one leaves.
 */
export async function compareTwoWriters(
  server: PostgresServer,
  seed: number,
  covered: (item: string) => void,
): Promise<Raced> {
  const url = await server.createDatabase();
  const clients = [serverClient(url), serverClient(url), serverClient(url)] as const;
  const problems: string[] = [];
  let [left, looked] = [RACES, WORLDS];
  try {
    for (const world of worlds(smallWorld, seed)) {
      const races = racesOf(world).slice(0, left);
      if (races.length > 0) await prepare(clients[0], world);
      for (const race of races) {
        for (const by of [GUARDED, IN_POSTGRES]) {
          await replaceRows(clients[0], world.tables, world.rows);
          const problem = await run(clients, world, race, by);
          if (problem !== undefined) problems.push(problem);
          const expected = expectedOf(race, by);
          if (expected === 'allowed' || race.before) covered(`${by}, ${expected}`);
        }
      }
      left -= races.length;
      looked -= 1;
      if (left === 0 || looked === 0) break;
    }
  } finally {
    for (const client of clients) await client.close();
  }
  return { races: RACES - left, problems };
}

/** Empty tables with the policies of a world. */
async function prepare(client: ServerClient, world: World): Promise<void> {
  const drops = world.tables.map(({ table }) => `drop table if exists ${sqlTable(table)} cascade`);
  await client.exec(['drop schema if exists access cascade', ...drops].join(';\n'));
  await createTables(client, world.tables);
  await client.exec([COMPARING, ...rlsStatements(world)].join(';\n'));
}

/**
 * Postgres evaluates all clauses on the row before, waits, and evaluates them on the row that the
 * first writer left. The guard locks the row first.
 */
const expectedOf = ({ allowed, found }: Race, by: string): 'allowed' | 'denied' =>
  allowed && (found || by === GUARDED) ? 'allowed' : 'denied';

/** Returns what went wrong. */
async function run(
  [first, second, observer]: readonly [ServerClient, ServerClient, ServerClient],
  world: World,
  race: Race,
  by: string,
): Promise<string | undefined> {
  const { rules } = world;
  const wrong = (text: string): string =>
    `${by}: ${text}\n${JSON.stringify({ race, rules, rows: world.rows })}`;
  await first.exec('begin');
  const write = attemptWrite(rules, race.first.attempt);
  const isWritten = await allowsWrite(transactionOf(first), rules, race.first.claims, write);
  await second.exec('begin');
  const pending = by === GUARDED ? byGuard(second, world, race) : byPolicies(second, world, race);
  const hasWaited = await waits(observer, pending);
  await first.exec('commit');
  const said = (await pending) ? 'allowed' : 'denied';
  await second.exec('rollback');
  if (!isWritten) return wrong('the first writer was refused');
  if (!hasWaited && (by === GUARDED || race.found)) return wrong('the second writer did not wait');
  const expected = expectedOf(race, by);
  return said === expected ? undefined : wrong(`${said}, not ${expected}`);
}

const byGuard = (client: ServerClient, { rules }: World, { second }: Race): Promise<boolean> =>
  allowsWrite(transactionOf(client), rules, second.claims, attemptWrite(rules, second.attempt));

async function byPolicies(client: ServerClient, world: World, { second }: Race): Promise<boolean> {
  await client.exec(becoming(second.claims, 'app_user'));
  const { rows } = await client.query<{ said: string[] }>(
    'select comparing.attempt($1::text[]) as said',
    [[attemptSql(world, second.attempt)]],
  );
  return rows[0]?.said[0] === 'allowed';
}

const transactionOf = (client: ServerClient): SqlTransaction => ({
  query: async (sql, params) => client.query<Record<string, unknown>>(sql, params),
});

/** Whether a session waits for a lock before a result arrives. */
async function waits(observer: ServerClient, result: Promise<unknown>): Promise<boolean> {
  const done = result.then(
    () => 'done',
    () => 'done',
  );
  do {
    const { rows } = await observer.query('select from pg_locks where not granted limit 1');
    if (rows.length > 0) return true;
  } while ((await Promise.race([done, sleep(2)])) !== 'done');
  return false;
}
