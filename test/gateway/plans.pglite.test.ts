import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auto_explain } from '@electric-sql/pglite/contrib/auto_explain';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatewayMigrations } from '../../src/apps/gateway/migrations-folder.ts';
import { sqlLiteral } from '../../src/postgres/queries/sql-literal.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
import { INDEX_USES, type IndexUse } from './index-uses.ts';
import { plantGateway, userId } from './plant-gateway.ts';

let database: TestDatabase<Record<string, never>>;
beforeAll(async () => {
  database = await testDatabase({ folder: gatewayMigrations, extensions: { auto_explain } });
  await plantGateway(database.client, { users: 600, servers: 8_000, requests: 20_000 });
  await database.client.exec(`load 'auto_explain';
    set auto_explain.log_min_duration = 0;
    set auto_explain.log_nested_statements = on;
    select set_config('request.jwt.claims', '{"sub": "${userId(1)}"}', false)`);
});
afterAll(() => database[Symbol.asyncDispose]());

/** The plan of a statement, or the plans inside of the function that it calls. */
async function planOf(use: IndexUse): Promise<string> {
  const { sql, params } = use.statement(drizzle(database.client));
  const text = sql.replaceAll(/\$(\d+)/g, (_, at: string) => sqlLiteral(params[Number(at) - 1]));
  const notices: string[] = [];
  const isCall = /^select \w+\('/.test(text);
  await database.client.exec(`set client_min_messages = ${isCall ? 'log' : 'notice'}`);
  const { rows } = await database.client.query(isCall ? text : `explain ${text}`, [], {
    onNotice: ({ message = '' }) => void notices.push(message),
  });
  await database.client.exec('set client_min_messages = notice');
  return isCall
    ? notices.join('\n')
    : rows.map((row) => Object.values(row as object)[0]).join('\n');
}

/** The nodes of a plan that read a table, with other indexes than its own, and whether it sorts. */
function readsOf(plan: string, own: readonly string[]): string {
  const scans = [
    ...plan.matchAll(
      /((?:Bitmap )?(?:Index Only|Index|Seq) Scan)(?: Backward)?(?: (?:using|on) (\w+))?/g,
    ),
  ];
  const nodes = scans.map(([, node = '', on = '']) => {
    const isPart = /_p\d{4}_\d\d_/.test(on);
    return node === 'Seq Scan' || own.includes(on) || isPart ? node : `${node} of \`${on}\``;
  });
  return [...new Set(nodes), ...(/\bSort\b/.test(plan) ? ['Sort'] : [])].join(', ');
}

/** The name of an index in the plan: its own, or that of its part in a partition. */
async function names(index: string): Promise<readonly string[]> {
  const { rows } = await database.client.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass`,
    [index],
  );
  return [index, ...rows.map(({ name }) => name)];
}

async function dropIndex(index: string): Promise<void> {
  const { rows } = await database.client.query<{ name: string }>(
    `select conrelid::regclass::text as name from pg_constraint where conindid = $1::regclass and contype in ('p', 'u')`,
    [index],
  );
  const [own] = rows;
  await database.client.exec(
    own ? `alter table ${own.name} drop constraint ${index} cascade` : `drop index ${index}`,
  );
}

interface Row {
  readonly use: IndexUse;
  readonly before: string;
  readonly after: string;
}
const table: Row[] = [];

test.each(INDEX_USES)('$index is used, and the plan without it reads more', async (use) => {
  const own = await names(use.index);
  const isUsed = (plan: string): boolean =>
    own.some((name) => new RegExp(`\\b${name}\\b`).test(plan));
  const before = await planOf(use);
  expect(isUsed(before), before).toBe(true);
  await database.client.exec('begin');
  try {
    await dropIndex(use.index);
    const after = await planOf(use);
    expect(isUsed(after)).toBe(false);
    expect(after).not.toBe(before);
    table.push({ use, before: readsOf(before, own), after: readsOf(after, own) });
  } finally {
    await database.client.exec('rollback');
  }
});

test('every index is named with the query that uses it, but the keys that identify a row', async () => {
  const { rows } = await database.client.query<{ name: string }>(
    `select indexrelid::regclass::text as name from pg_index
     join pg_class on pg_class.oid = indrelid
     where relnamespace = 'public'::regnamespace and not relispartition order by 1`,
  );
  const used = new Set(INDEX_USES.map(({ index }) => index));
  const others = rows.map(({ name }) => name).filter((name) => !used.has(name));
  expect(others.filter((name) => !/_pkey$|_pk$/.test(name))).toEqual(OTHER);
});

/** Constraints whose index no query needs. */
const OTHER = ['roles_name_unique'];

const docs = join(import.meta.dirname, '../../docs/gateway.md');

test('docs/gateway.md has the plans with and without each index', () => {
  const lines = table.map(
    ({ use: { index, by }, before, after }) => `| \`${index}\` | ${by} | ${before} | ${after} |`,
  );
  expect(lines).toHaveLength(INDEX_USES.length);
  const text = readFileSync(docs, 'utf8');
  const cells = (line: string): string => line.replaceAll(/\s+/g, ' ').trim();
  const head = '| index | query | plan with it | plan without it |';
  const start = text.split('\n').findIndex((line) => cells(line) === head);
  expect(start).toBeGreaterThan(0);
  const found = text.split('\n').slice(start + 2);
  const end = found.findIndex((line) => !line.startsWith('|'));
  if (process.env['UPDATE_DOCS'] === '1') {
    const all = text.split('\n');
    all.splice(start + 2, end, ...lines);
    writeFileSync(docs, all.join('\n'));
    return;
  }
  expect(found.slice(0, end).map(cells)).toEqual(lines);
});
