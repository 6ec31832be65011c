import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { getTableConfig, index, integer, text } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  descending,
  id,
  including,
  indexOn,
  instant,
  pgTable,
  uniqueIndexOn,
} from '../../src/kit/index.ts';
import { compareSchemas } from '../../src/read/catalog/compare-schemas.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { catalogOf, definitionsOf } from '../catalog/made-database.ts';
import { kit, madeProject } from './made-project.ts';

const columns = {
  id: id(),
  server: text('server').notNull(),
  at: instant('at').notNull(),
  status: integer('status_code').notNull(),
  body: text('body'),
};
const requests = pgTable('requests', columns, (t) => [
  including(indexOn(t.server, descending(t.at)), t.status),
  including(uniqueIndexOn(t.server, t.id).where(sql`status_code > 0`), t.at, t.body),
  including(indexOn(t.at).with({ fillfactor: 70 }), t.status),
]);

const schema = (...indexes: readonly string[]): string => `
import { sql } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import { descending, id, including, indexOn, instant, pgTable, uniqueIndexOn } from ${kit};
export const requests = pgTable('requests', {
  id: id(), server: pg.text('server').notNull(), at: instant('at').notNull(),
  status: pg.integer('status_code').notNull(), body: pg.text('body'),
}, (t) => [${indexes.join(', ')}]);
`;
const ALL = [
  'including(indexOn(t.server, descending(t.at)), t.status)',
  'including(uniqueIndexOn(t.server, t.id).where(sql`status_code > 0`), t.at, t.body)',
  'including(indexOn(t.at).with({ fillfactor: 70 }), t.status)',
];

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
});
afterAll(() => client.close());

const differences = async () =>
  compareSchemas(definitionsOf({ requests }), await catalogOf(client), { expressions: false });

test('garden generate writes INCLUDE, notices changes, and --check is clean', async () => {
  using made = madeProject(client);
  const first = await made.become(schema(...ALL));
  expect(first).toContain('INCLUDE ("status_code") WITH (fillfactor=70)');
  expect(first).not.toContain('include=');
  expect(await made.check()).toMatchObject({ code: 0 });
  expect(await differences()).toEqual([]);

  const changed = await made.become(
    schema(ALL[0]!.replace('t.status', 't.status, t.body'), ...ALL.slice(1)),
  );
  expect(changed).toMatch(
    /^DROP INDEX "idx_requests_server_at";.*INCLUDE \("status_code","body"\)/s,
  );
  expect(await differences()).toMatchObject([
    {
      kind: 'index',
      object: 'public.requests.idx_requests_server_at',
      expected: { included: ['status_code'] },
      found: { included: ['status_code', 'body'] },
    },
  ]);

  await made.become(schema(...ALL));
  expect(await differences()).toEqual([]);
});

test('a query that reads only indexed columns does not visit the table', async () => {
  await client.exec(`insert into requests select gen_random_uuid(), 's' || n % 20, now() - n * interval '1 minute', 200
    from generate_series(1, 5000) n`);
  await client.exec('vacuum analyze requests');
  const { rows } = await client.query<Record<string, string>>(
    "explain select at, status_code from requests where server = 's1' order by at desc limit 20",
  );
  expect(rows[0]?.['QUERY PLAN'] + rows[1]!['QUERY PLAN']!).toContain(
    'Index Only Scan using idx_requests_server_at',
  );
});

type Columns = Parameters<NonNullable<Parameters<typeof pgTable<'r', typeof columns>>[2]>>[0];
const build = (extra: (t: Columns) => unknown) => () =>
  getTableConfig(pgTable('r', columns, (t) => [extra(t) as never]));

test.each<[string, () => unknown]>([
  ['a column of another table', build((t) => including(indexOn(t.at), requests.status))],
  ['a key of the index', build((t) => including(indexOn(t.at), t.at))],
  ['a column twice', build((t) => including(indexOn(t.at), t.status, t.status))],
  ['a method without INCLUDE', build((t) => including(index('i').using('gin', t.body), t.at))],
])('%s is refused', (_, run) => {
  expect(run).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code: 'kit/wrong-index' }) }),
  );
});
