import type { Claims } from '../../../src/model/rule.ts';
import { attemptOf, attemptWrite } from '../../../src/testing/access/attempt-of.ts';
import { allowsWrite } from '../../../src/testing/access/guarded-write.ts';
import { allowsAttempt } from '../../../src/testing/access/oracle.ts';
import type { PostgresClient } from '../../../src/testing/access/postgres-world.ts';
import { attemptSql, becoming } from '../../../src/testing/access/rls-enforcer.ts';
import {
  keyText,
  type Attempt,
  type Database,
  type World,
} from '../../../src/testing/access/world.ts';

/** The second write of a batch, after a first one that is allowed. */
interface Batch {
  readonly first: Attempt;
  readonly second: Attempt;
}

interface Said {
  readonly where: string;
  readonly said: string;
  readonly expected: 'allowed' | 'denied';
}

/** Two writes in one transaction: the rules of the second one see the rows that the first one left. */
export async function askBatches(
  world: World,
  claims: Claims,
  client: PostgresClient,
): Promise<readonly Said[]> {
  const said: Said[] = [];
  for (const batch of batchesOf(world, claims)) {
    const asked = { rules: world.rules, claims, db: rowsAfter(world, batch.first) };
    const expected = allowsAttempt(asked, batch.second) ? 'allowed' : 'denied';
    const where = JSON.stringify([batch, claims]);
    const byPolicies = await askPolicies(world, claims, batch, client);
    const byGuard = await askGuard(world, claims, batch, client);
    said.push({ where: `policies ${where}`, said: byPolicies, expected });
    said.push({ where: `guard ${where}`, said: byGuard, expected });
  }
  return said;
}

/** Pairs of the world's writes to two rows. */
function batchesOf(world: World, claims: Claims): readonly Batch[] {
  const { rules, rows: db } = world;
  const rowOf = (attempt: Attempt): string => {
    const row = attempt.operation === 'insert' ? attempt.after : attempt.before;
    return `${attempt.table} ${keyText(rules.tables[attempt.table] ?? { key: [] }, row)}`;
  };
  const attempts = world.writes.flatMap((write) => attemptOf(world, write) ?? []);
  return attempts
    .filter((attempt) => allowsAttempt({ rules, claims, db }, attempt))
    .slice(0, 3)
    .flatMap((first) =>
      attempts
        .filter((second) => rowOf(second) !== rowOf(first))
        .slice(0, 8)
        .map((second) => ({ first, second })),
    );
}

function rowsAfter({ rules, rows: db }: World, attempt: Attempt): Database {
  const { table } = attempt;
  const key = rules.tables[table] ?? { key: [] };
  const rows = db[table] ?? [];
  if (attempt.operation === 'insert') return { ...db, [table]: [...rows, attempt.after] };
  const others = rows.filter((row) => keyText(key, row) !== keyText(key, attempt.before));
  return {
    ...db,
    [table]: attempt.operation === 'update' ? [...others, attempt.after] : others,
  };
}

async function askPolicies(
  world: World,
  claims: Claims,
  { first, second }: Batch,
  client: PostgresClient,
): Promise<string> {
  await client.exec(`savepoint probe; ${becoming(claims, 'app_user')}`);
  await client.exec(attemptSql(world, first));
  const { rows } = await client.query<{ said: string[] }>(
    'select comparing.attempt($1::text[]) as said',
    [[attemptSql(world, second)]],
  );
  await client.exec('rollback to savepoint probe');
  return rows[0]?.said[0] ?? '';
}

async function askGuard(
  { rules }: World,
  claims: Claims,
  { first, second }: Batch,
  client: PostgresClient,
): Promise<string> {
  await client.exec('savepoint probe');
  const transaction = {
    query: async (sql: string, params: unknown[]) =>
      client.query<Record<string, unknown>>(sql, params),
  };
  await allowsWrite(transaction, rules, claims, attemptWrite(rules, first));
  const allowed = await allowsWrite(transaction, rules, claims, attemptWrite(rules, second));
  await client.exec('rollback to savepoint probe');
  return allowed ? 'allowed' : 'denied';
}
