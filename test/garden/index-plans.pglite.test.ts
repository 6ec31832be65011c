import { getTableColumns, getTableName } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
import { foreignKeys } from './foreign-key-list.ts';
import { indexedQueries } from './indexed-queries.ts';
import { loaded, loadGarden } from './load-garden.ts';
import { exportNames } from './plant-rows.ts';
import { readCatalog } from './read-catalog.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

let database: TestDatabase<Record<string, never>>;
beforeAll(async () => {
  database = await testDatabase({ folder: gardenMigrations });
  await loadGarden(database.client);
});
afterAll(() => database[Symbol.asyncDispose]());

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Plan[];
}

/** The steps of a query's plan. */
async function explain(sql: string, options = ''): Promise<readonly Plan[]> {
  // Uses the simple protocol: with `$1` in the text, the extended one would wait for a
  // value.
  const [result] = await database.client.exec(`explain (format json${options}) ${sql}`);
  const [row] = (result?.rows ?? []) as { 'QUERY PLAN': [{ Plan: Plan }] }[];
  const steps = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(steps)];
  return row ? steps(row['QUERY PLAN'][0].Plan) : [];
}

const indexesOf = (plan: readonly Plan[]): readonly string[] =>
  plan.flatMap((step) => step['Index Name'] ?? []);
const describePlan = (plan: readonly Plan[]): string =>
  plan
    .map((step) => `${step['Node Type']} ${step['Index Name'] ?? step['Relation Name'] ?? ''}`)
    .join(' < ');
const kindsOf = (plan: readonly Plan[]): readonly string[] => plan.map((step) => step['Node Type']);

describe.each(indexedQueries)('$index: $name', ({ index, sql, fromStart }) => {
  test('the plan uses the index', async () => {
    const plan = await explain(sql);
    expect(indexesOf(plan), describePlan(plan)).toEqual([index]);
    const conditions = plan.flatMap((step) => step['Index Cond'] ?? []);
    // Otherwise the whole index is read, and every row is filtered.
    expect(conditions, describePlan(plan)).toHaveLength(fromStart ? 0 : 1);
    // An index that returns sorted rows lets a LIMIT stop early.
    if (sql.includes('order by')) expect(kindsOf(plan).join()).not.toContain('Sort');
  });

  test('the query returns some of the rows', async () => {
    const [result] = await database.client.exec(sql);
    expect(result?.rows.length).toBeGreaterThan(0);
    expect(result?.rows.length).toBeLessThan(500);
  });
});

// The statement that Postgres runs when the target of a foreign key is deleted. It is
// prepared once, so the plan cannot depend on the value. Without an index, each delete
// reads the table.
describe.each(foreignKeys)('$constraint', ({ table: key, column, onDelete }) => {
  test('the delete action uses an index', async () => {
    const table = getTableName(garden[key]);
    const columns: Readonly<Record<string, { readonly name: string }>> = getTableColumns(
      garden[key],
    );
    const name = columns[column]?.name;
    const action =
      onDelete === 'cascade'
        ? `delete from only ${table} where $1 = ${name}`
        : `update only ${table} set ${name} = null where $1 = ${name}`;
    const plan = await explain(action, ', generic_plan');
    expect(kindsOf(plan), describePlan(plan)).not.toContain('Seq Scan');
    expect(indexesOf(plan)).toHaveLength(1);
  });
});

test('the list matches the indexes of the database', async () => {
  const { tables } = await readCatalog(async (sql) => {
    return (await database.client.query<object>(sql)).rows;
  });
  const found = Object.values(tables).flatMap(({ indexes }) => Object.keys(indexes));
  expect(found.sort()).toEqual([...new Set(indexedQueries.map(({ index }) => index))].sort());
});

test('every table was loaded', async () => {
  expect(Object.keys(loaded).sort()).toEqual(Object.keys(exportNames).sort());
  for (const [table, count] of Object.entries(loaded)) {
    const { rows } = await database.client.query(`select count(*)::int as count from ${table}`);
    expect(rows, table).toEqual([{ count }]);
  }
});
