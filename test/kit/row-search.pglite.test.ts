import type { PGlite } from '@electric-sql/pglite';
import { auto_explain } from '@electric-sql/pglite/contrib/auto_explain';
import { sql } from 'drizzle-orm';
import { boolean, index, text, uuid } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  defineAccess,
  eq,
  exists,
  id,
  or,
  owner,
  pgTable,
  rowSearch,
  type RowSearch,
} from '../../src/kit/index.ts';
import { accessRules } from '../../src/read/drizzle/read-access.ts';
import { compareAccess } from '../../src/testing.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { install } from './install.ts';

const { access } = defineAccess();
const members = pgTable(
  'members',
  { id: id(), noteId: uuid('note_id').notNull(), userId: uuid('user_id').notNull() },
  (t) => [...access(t, { read: owner(t.userId) })],
).enableRLS();
const VECTOR = "to_tsvector('simple', title)";
const notes = pgTable(
  'notes',
  {
    id: id(),
    ownerId: uuid('owner_id').notNull(),
    isPublic: boolean('is_public').notNull(),
    title: text('title').notNull(),
    tags: text('tags').array().notNull(),
  },
  (t) => [
    index('idx_notes_text').using('gin', sql.raw(VECTOR)),
    index('idx_notes_tags').using('gin', t.tags),
    ...rowSearch(t, {
      name: 'search_notes',
      parameters: { query: 'text' },
      where: `${VECTOR} @@ websearch_to_tsquery('simple', :query)`,
      orderBy: `ts_rank(${VECTOR}, websearch_to_tsquery('simple', :query)) desc`,
      limit: 20,
    }),
    ...rowSearch(t, {
      name: 'notes_tagged',
      parameters: { tags: 'text[]' },
      where: 'tags @> :tags',
      limit: 20,
    }),
    ...access(t, {
      read: or(
        owner(t.ownerId),
        eq(t.isPublic, true),
        exists(
          () => members,
          { noteId: t.id },
          (m) => owner(m.userId),
        ),
      ),
    }),
  ],
).enableRLS();

const ME = '0198b5a3-0000-7000-8000-000000000001';
const OTHER = '0198b5a3-0000-7000-8000-000000000002';
let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres({ auto_explain });
  await install(client, { members, notes });
  await client.exec(`insert into notes select gen_random_uuid(),
      case when n % 3 = 0 then '${ME}'::uuid else '${OTHER}'::uuid end, n % 7 = 0,
      case when n % 125 = 0 then 'rare word ' else 'plain words ' end || n, array[case when n % 125 = 0 then 'rare' else 'common' end]
    from generate_series(1, 3000) n;
    insert into members select gen_random_uuid(), id, '${ME}' from notes where title = 'rare word 125';
    create index on members (note_id)`);
  await client.exec('analyze notes');
});
afterAll(() => client.close());

/** Runs a query as a principal, and returns its rows and the notices. */
async function as(
  sub: string | undefined,
  query: string,
): Promise<{ readonly rows: readonly unknown[]; readonly notices: string }> {
  let notices = '';
  await client.exec(`begin; load 'auto_explain'; set local auto_explain.log_min_duration = 0;
    set local auto_explain.log_nested_statements = on; set local client_min_messages = log`);
  try {
    await client.exec(
      `set local role app_user; select set_config('request.jwt.claims', '${sub ? `{"sub":"${sub}"}` : ''}', true)`,
    );
    const [result] = await client.exec(query, {
      onNotice: (notice) => void (notices += notice.message ?? ''),
    });
    return { rows: result!.rows, notices };
  } finally {
    await client.exec('rollback');
  }
}

const SEARCHES = [
  [
    "select id from notes where to_tsvector('simple', title) @@ websearch_to_tsquery('simple', 'rare') order by id",
    "search_notes('rare')",
    'idx_notes_text',
  ],
  [
    "select id from notes where tags @> array['rare'] order by id",
    "notes_tagged(array['rare'])",
    'idx_notes_tags',
  ],
] as const;

test.each(SEARCHES)(
  'the search returns what the policies allow, by its index: %s',
  async (plain, call, name) => {
    const counts: number[] = [];
    for (const sub of [ME, OTHER, undefined]) {
      const expected = await as(sub, plain);
      const found = await as(sub, `select id from ${call} as id order by id`);
      expect(found.rows).toEqual(expected.rows);
      counts.push(found.rows.length);
      expect(found.notices).toContain(`Bitmap Index Scan on ${name}`);
      // The reason for the function.
      expect(expected.notices).not.toContain(name);
    }
    expect(counts).toEqual([11, 17, 3]);
  },
);

test('the principal is never an argument, and the limit cannot be raised', async () => {
  const { rows } = await as(ME, "select id from search_notes('plain', 1000000) as id");
  expect(rows).toHaveLength(20);
  await expect(
    client.exec("begin; set local role app_user; select search_notes('rare', 5, 5)"),
  ).rejects.toThrow('does not exist');
  await client.exec('rollback');
  const { rows: settings } = await client.query<{ config: string[]; public: boolean }>(
    `select proconfig as config, has_function_privilege('public', oid, 'execute') as public from pg_proc where proname = 'search_notes'`,
  );
  expect(settings).toEqual([
    { config: ['search_path=pg_catalog, pg_temp', 'row_security=off'], public: false },
  ]);
});

test('compareAccess calls the functions, and finds one without the rule', async () => {
  const schema = { members, notes };
  const compare = () =>
    compareAccess({ client, rules: accessRules(schema), schema, cases: 300, seed: 3 });
  const { enforcers, searches } = await compare();
  expect(enforcers).toContain('search functions');
  for (const name of ['search_notes', 'notes_tagged']) {
    expect(searches[name]?.returned).toBeGreaterThan(10);
    expect(searches[name]?.withheld).toBeGreaterThan(10);
  }
  const { rows } = await client.query<{ definition: string }>(
    `select pg_get_functiondef(oid) as definition from pg_proc where proname = 'notes_tagged'`,
  );
  const sound = rows[0]?.definition ?? '';
  const open = sound.replace(/\n {6}and \(.*\)\n {4}order by/s, '\n    order by');
  expect(open).not.toBe(sound);
  await client.exec(open);
  await expect(compare()).rejects.toThrow(
    /search functions and the oracle disagree[\s\S]*threw select .*notes_tagged/,
  );
  await client.exec(sound);
});

const search: RowSearch = {
  name: 'find',
  parameters: { tags: 'text[]' },
  where: 'tags @> :tags',
  limit: 5,
};
test.each<[string, Partial<RowSearch>]>([
  ['a name that needs quotes', { name: 'Find' }],
  ['a parameter that is not used', { where: 'true' }],
  ['an unknown parameter', { where: 'tags @> :tags and title = :title' }],
  ['no limit', { limit: Infinity }],
])('%s is refused', (_, change) => {
  expect(() => rowSearch(notes as never, { ...search, ...change })).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code: 'kit/row-search' }) }),
  );
});
