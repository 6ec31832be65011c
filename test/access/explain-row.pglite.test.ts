import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Claims, TableRules } from '../../src/model/rule.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { worlds } from '../../src/testing/access/compare-enforcers.ts';
import { allowsAttempt, evaluate, type Asked } from '../../src/testing/access/oracle.ts';
import { PostgresWorld } from '../../src/testing/access/postgres-world.ts';
import { keyOf, keyText, type Row, type World } from '../../src/testing/access/world.ts';
import { explainRow, type ExplainedOperation } from '../../src/guard/why/explain-row.ts';
import { modelTable, rlsStatements } from './enforcers/rls.ts';
import { smallWorld } from './small-world.ts';

const seed = Number(process.env['ACCESS_SEED'] ?? Math.floor(Date.now() / 86_400_000));
const WORLDS = 8;

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
});
afterAll(() => client.close());

/** Stores the rows and the policies of a world, in place of the last one. */
async function store(world: World): Promise<void> {
  await client.exec('drop schema if exists access cascade');
  await new PostgresWorld(client).enter(world);
  await client.exec([...rlsStatements(world), 'commit'].join(';\n'));
}

/** What the oracle says of the four operations on a row. */
function expected(table: TableRules, row: Row, asked: Asked): Record<string, boolean> {
  const { table: name } = table;
  const others = (asked.db[name] ?? []).filter(
    (one) => keyText(table, one) !== keyText(table, row),
  );
  const without = { ...asked, db: { ...asked.db, [name]: others } };
  return {
    read: evaluate(table.read, row, asked) === true,
    insert: allowsAttempt(without, { operation: 'insert', table: name, after: row }),
    update: allowsAttempt(asked, { operation: 'update', table: name, before: row, after: row }),
    delete: allowsAttempt(asked, { operation: 'delete', table: name, before: row }),
  };
}

const explain = async (
  world: World,
  table: TableRules,
  row: Row,
  claims: Claims,
): Promise<readonly ExplainedOperation[]> => {
  const own = world.tables.find((one) => one.table === table.table) as World['tables'][number];
  const key = Object.entries(keyOf(table, row)).map(([column, value]) => [column, String(value)]);
  const { operations } = await explainRow(drizzle(client), {
    table: modelTable(own),
    rules: table,
    access: { rules: world.rules, preset: 'postgres', roles: ['app_user'] },
    claims,
    key: Object.fromEntries(key),
  });
  return operations;
};

test(`the parts, the policies and the guard agree with the oracle (ACCESS_SEED=${seed})`, async () => {
  const counts = { allow: 0, deny: 0 };
  let left = WORLDS;
  for (const world of worlds(smallWorld, seed)) {
    await store(world);
    for (const table of Object.values(world.rules.tables)) {
      for (const claims of world.principals) {
        const [row] = world.rows[table.table] ?? [];
        if (!row) continue;
        const asked = { rules: world.rules, claims, db: world.rows };
        const want = expected(table, row, asked);
        for (const one of await explain(world, table, row, claims)) {
          const allows = want[one.operation];
          const about = `${one.operation} on ${table.table} as ${JSON.stringify(claims)}`;
          const says = [one.rulesSay, one.policiesSay, one.guardSays].map(
            (verdict) => verdict.allows ?? verdict.because,
          );
          const isFixed = says.includes('no column can be changed');
          expect({ about, says }).toEqual({
            about,
            says: isFixed ? [allows, says[1], says[2]] : [allows, allows, allows],
          });
          expect(one.differ).toBe(false);
          counts[allows === true ? 'allow' : 'deny'] += 1;
        }
      }
    }
    if ((left -= 1) === 0) break;
  }
  expect(Math.min(counts.allow, counts.deny)).toBeGreaterThan(60);
}, 120_000);
