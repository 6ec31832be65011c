import type { PGlite } from '@electric-sql/pglite';
import { and, eq, sql } from 'drizzle-orm';
import { index, integer, text, timestamp } from 'drizzle-orm/pg-core';
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { descending, id, indexOn, instant, newId, pgTable } from '../../src/kit/index.ts';
import type { PageOrder } from '../../src/postgres/queries/page-order.ts';
import { pagedQuery, type PagedQuery } from '../../src/postgres/queries/paged-query.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { statementsOf } from '../catalog/made-database.ts';

const notes = pgTable(
  'notes',
  {
    id: id(),
    owner: text('owner').notNull(),
    at: instant('at').notNull(),
    score: integer('score'),
    exact: timestamp('exact', { withTimezone: true }),
  },
  (t) => [
    indexOn(t.owner, descending(t.at), descending(t.id)),
    index('idx_notes_mixed').on(t.owner, t.at, descending(t.id) as never),
  ],
);
interface Note {
  readonly id: string;
  readonly at: Date;
  readonly score: number | null;
}
type Order = Partial<Record<keyof Note, PageOrder>>;

const paged = (order: Order, size = 3): PagedQuery<{ owner: string }, Note> =>
  pagedQuery<{ owner: string }, Note>({
    name: `notes-${size}`,
    summary: 'notes of an owner',
    size,
    order,
    build: (on, after) =>
      on
        .select({ id: notes.id, at: notes.at, score: notes.score })
        .from(notes)
        .where(and(eq(notes.owner, sql.placeholder('owner')), after))
        .$dynamic(),
  });

let client: PGlite;
let db: PgliteDatabase;
beforeAll(async () => {
  client = await blankPostgres();
  for (const statement of await statementsOf({ notes })) await client.exec(statement);
  db = drizzle(client);
});
afterAll(() => client.close());
beforeEach(() => client.exec('truncate notes'));

const plant = (count: number): Promise<unknown> =>
  db.insert(notes).values(
    Array.from({ length: count }, (_, at) => ({
      id: newId(),
      owner: 'me',
      at: new Date(2026, 0, 1 + (at % 4)),
      score: at % 3 === 0 ? null : at % 5,
    })),
  );

async function readAll(query: PagedQuery<{ owner: string }, Note>): Promise<readonly Note[]> {
  const all: Note[] = [];
  let cursor: string | undefined;
  do {
    const page = await query(db, { owner: 'me' }, cursor);
    all.push(...page.rows);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}

const direction = fc.constantFrom('asc' as const, 'desc' as const);
const nulls = fc.constantFrom(undefined, 'first' as const, 'last' as const);

test('pages in any order are the whole ordered result', async () => {
  await plant(23);
  await fc.assert(
    fc.asyncProperty(direction, direction, direction, nulls, async (one, two, three, place) => {
      const order = {
        score: { column: notes.score, direction: one, ...(place && { nulls: place }) },
        at: { column: notes.at, direction: two },
        id: { column: notes.id, direction: three },
      };
      const all = await readAll(paged(order));
      const whole = await paged(order, 50).first(db, { owner: 'me' });
      expect(all).toEqual(whole);
      expect(new Set(all.map((row) => row.id)).size).toBe(23);
    }),
    { numRuns: 24 },
  );
});

const newest = paged({
  at: { column: notes.at, direction: 'desc' },
  id: { column: notes.id, direction: 'desc' },
});
const mixed = paged({ at: { column: notes.at }, id: { column: notes.id, direction: 'desc' } }, 4);

test.each<[string, PagedQuery<{ owner: string }, Note>, string]>([
  ['one direction', newest, 'ROW(at, id) < ROW('],
  ['two directions', mixed, 'at >= '],
])('the index starts at the row: %s', async (_, query, condition) => {
  await client.exec(`insert into notes select gen_random_uuid(), 'me', now() - n * interval '1 minute'
    from generate_series(1, 3000) n`);
  await client.exec('analyze notes');
  const { next } = await query(db, { owner: 'me' });
  const [, , at, noteId] = JSON.parse(Buffer.from(next!, 'base64url').toString()) as string[];
  const { sql: statement, params } = query.next.statement(db, {
    owner: 'me',
    after_0: new Date(at!),
    after_1: noteId,
  });
  const { rows } = await client.query<Record<string, string>>(`explain ${statement}`, [...params]);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toMatch(/Index (?:Only )?Scan/);
  expect(
    plan.slice(plan.indexOf('Index Cond'), plan.indexOf('\n', plan.indexOf('Index Cond'))),
  ).toContain(condition);
  expect(plan).not.toContain('Sort');
});

test('rows that are inserted or deleted meanwhile neither repeat nor skip others', async () => {
  await plant(12);
  const whole = await paged(
    { at: { column: notes.at, direction: 'desc' }, id: { column: notes.id, direction: 'desc' } },
    50,
  ).first(db, { owner: 'me' });
  const first = await newest(db, { owner: 'me' });
  await client.exec("insert into notes values (gen_random_uuid(), 'me', '2027-01-01')");
  await db.delete(notes).where(eq(notes.id, first.rows[2]!.id));
  const second = await newest(db, { owner: 'me' }, first.next);
  expect(second.rows).toEqual(whole.slice(3, 6));
  const byOffset = await newest.byOffset(db, { owner: 'me', offset: 3 });
  expect(byOffset[0]).toEqual(whole[3]);
  await client.exec("insert into notes values (gen_random_uuid(), 'me', '2027-01-02')");
  const shifted = await newest.byOffset(db, { owner: 'me', offset: 3 });
  expect(shifted[0]).not.toEqual(whole[3]);
});

test.each<[string, (cursor: readonly unknown[]) => unknown]>([
  ['text that is no JSON', () => 'x'],
  ['another version', ([, ...rest]) => [2, ...rest]],
  ['another query', ([version, , ...rest]) => [version, 'aaaaaaaaaaa', ...rest]],
  ['too few values', (parts) => parts.slice(0, 3)],
  ['a wrong time', ([a, b, , d]) => [a, b, 'yesterday', d]],
  ['a wrong uuid', ([a, b, c]) => [a, b, c, "' or true"]],
  ['NULL in a required column', ([a, b, c]) => [a, b, c, null]],
  ['an object', ([a, b, c]) => [a, b, c, { toString: 1 }]],
])('a cursor with %s is refused', async (_, change) => {
  await plant(5);
  const { next } = await newest(db, { owner: 'me' });
  const parts = JSON.parse(Buffer.from(next!, 'base64url').toString()) as unknown[];
  const changed = change(parts);
  const cursor =
    typeof changed === 'string'
      ? changed
      : Buffer.from(JSON.stringify(changed)).toString('base64url');
  await expect(newest(db, { owner: 'me' }, cursor)).rejects.toMatchObject({
    problem: { code: 'queries/cursor' },
  });
});

test.each<[string, Order]>([
  ['without a unique column', { at: { column: notes.at } }],
  ['by microseconds', { at: { column: notes.exact }, id: { column: notes.id } }],
  ['by nothing', {}],
])('an order %s is refused', (_, order) => {
  expect(() => paged(order)).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code: 'queries/order' }) }),
  );
});
