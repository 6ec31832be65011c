import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Claims, TableRules } from '../../src/model/rule.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { attemptOf } from '../../src/testing/access/attempt-of.ts';
import { worlds } from '../../src/testing/access/compare-enforcers.ts';
import { allowsAttempt, evaluate } from '../../src/testing/access/oracle.ts';
import { PostgresWorld } from '../../src/testing/access/postgres-world.ts';
import {
  sqlCell,
  sqlInsert,
  sqlKey,
  sqlName,
  sqlTable,
} from '../../src/testing/access/sql-value.ts';
import type { Attempt, World } from '../../src/testing/access/world.ts';
import { changedColumns, onConflict, tableOf, type Case } from './enforcers/on-conflict.ts';
import { rlsStatements } from './enforcers/rls.ts';
import { allowsUpsert, upsertRow } from './enforcers/upserts.ts';
import { smallWorld } from './small-world.ts';

const WORLDS = 10;
const seed = Number(process.env['ACCESS_SEED'] ?? Math.floor(Date.now() / 86_400_000));

let client: PGlite;
let postgres: PostgresWorld;
beforeAll(async () => {
  client = await blankPostgres();
  postgres = new PostgresWorld(client);
});
afterAll(() => client.close());

/** Every world's attempts, one principal after the other, inside the world's transaction. */
async function eachAttempt(
  ask: (world: World, claims: Claims, attempts: readonly Attempt[]) => Promise<void>,
  install: (world: World) => readonly string[] = () => [],
): Promise<void> {
  let left = WORLDS;
  for (const world of worlds(smallWorld, seed)) {
    await postgres.enter(world);
    await client.exec(install(world).join(';\n'));
    const attempts = world.writes.flatMap((write) => attemptOf(world, write) ?? []);
    for (const claims of world.principals) await ask(world, claims, attempts);
    await postgres.leave();
    if ((left -= 1) === 0) return;
  }
}

/** With RETURNING, an inserted row must be readable. Updates and deletes require that anyway. */
function returning(world: World, claims: Claims, attempt: Attempt): Case {
  const { rules, rows: db } = world;
  const table = tableOf(world, attempt.table);
  const name = sqlTable(table.table);
  const own = rules.tables[table.table] as TableRules;
  const key = table.key.map(sqlName).join(', ');
  switch (attempt.operation) {
    case 'insert':
      return {
        sql: `${sqlInsert(table, [attempt.after])} returning ${key}`,
        allowed:
          allowsAttempt({ rules, claims, db }, attempt) &&
          evaluate(own.read, attempt.after, { rules, claims, db }) === true,
      };
    case 'delete':
      return {
        sql: `delete from ${name} where ${sqlKey(table, attempt.before)} returning ${key}`,
        allowed: allowsAttempt({ rules, claims, db }, attempt),
      };
    case 'update': {
      const set = changedColumns(attempt).map(
        (column) => `${sqlName(column)} = ${sqlCell(table, attempt.after, column)}`,
      );
      return {
        sql: `update ${name} set ${set.join(', ')} where ${sqlKey(table, attempt.before)} returning ${key}`,
        allowed: allowsAttempt({ rules, claims, db }, attempt),
      };
    }
  }
}

test.each([
  ['RETURNING', returning],
  ['ON CONFLICT DO UPDATE', onConflict],
] as const)(`Postgres with %s agrees with the oracle (ACCESS_SEED=${seed})`, async (_, caseOf) => {
  const verdicts = { allowed: 0, denied: 0 };
  await eachAttempt(async (world, claims, attempts) => {
    const cases = attempts.flatMap((attempt) => caseOf(world, claims, attempt) ?? []);
    await client.exec('savepoint asked');
    await client.query(`select set_config('request.jwt.claims', $1, true)`, [
      JSON.stringify(claims),
    ]);
    await client.exec('set local role app_user');
    const { rows } = await client.query<{ said: string[] }>(
      'select comparing.attempt($1::text[]) as said',
      [cases.map(({ sql }) => sql)],
    );
    await client.exec('rollback to savepoint asked');
    for (const [at, { sql, allowed }] of cases.entries()) {
      const expected = allowed ? 'allowed' : 'denied';
      expect(rows[0]?.said[at], `${sql}\n${JSON.stringify(claims)}\nseed ${seed}`).toBe(expected);
      verdicts[expected] += 1;
    }
  }, rlsStatements);
  expect(Math.min(verdicts.allowed, verdicts.denied)).toBeGreaterThan(30);
});

test("the guard's upsert is an insert of a missing row, and otherwise an update", async () => {
  const verdicts = { allowed: 0, denied: 0 };
  await eachAttempt(async (world, claims, attempts) => {
    for (const attempt of attempts) {
      const row = upsertRow(world, attempt);
      if (!row) continue;
      const { table } = attempt;
      await client.exec('savepoint asked');
      const allowed = await allowsUpsert(client, world, claims, { table, row });
      await client.exec('rollback to savepoint asked');
      const said = allowed ? 'allowed' : 'denied';
      const expected = allowsAttempt({ rules: world.rules, claims, db: world.rows }, attempt)
        ? 'allowed'
        : 'denied';
      expect(said, `${table} ${JSON.stringify({ row, claims })}\nseed ${seed}`).toBe(expected);
      verdicts[expected] += 1;
    }
  });
  expect(Math.min(verdicts.allowed, verdicts.denied)).toBeGreaterThan(30);
});
