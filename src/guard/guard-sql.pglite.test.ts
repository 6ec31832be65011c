import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AccessRules } from '../model/rule.ts';
import { AccessDenied } from './access-denied.ts';
import { guardSql } from './guard-sql.ts';
import { ANN, BEN, CREATED, id, MINE, notesDatabase, rules } from './notes.fixture.ts';
import type { SqlTransaction } from './sql-transaction.ts';
import type { TableWrites } from './table-writes.ts';

let db: Awaited<ReturnType<typeof notesDatabase>>;
beforeAll(async () => {
  db = await notesDatabase();
});
beforeEach(() => db.reset());
afterAll(() => db.client.close());

const statements: string[] = [];

/** Writes notes as Ann in a transaction, by SQL names. */
const write = (
  mutate: (notes: TableWrites) => Promise<unknown>,
  access: AccessRules = rules,
  behindPolicies = false,
): Promise<void> =>
  db.client.transaction(async (tx) => {
    statements.length = 0;
    const counted: SqlTransaction = {
      query(sql, params) {
        statements.push(sql);
        return tx.query<Record<string, unknown>>(sql, params);
      },
    };
    const options = behindPolicies ? { allRows: counted } : {};
    const { notes } = guardSql(counted, access, { sub: ANN }, options).mutate;
    if (notes) await mutate(notes);
  });

const note = (number: number, changes: object = {}): Record<string, unknown> => ({
  id: id(number),
  team: MINE,
  author_id: ANN,
  title: 'new',
  archived: false,
  created_at: CREATED + 0.456,
  origin: { a: 1 },
  ...changes,
});
const held = (number: number): Promise<readonly unknown[]> =>
  db.rows(
    `select title, origin, extract(epoch from created_at)::text from notes where id = '${id(number)}'`,
  );

test('behind policies, a new row may be tested for NULL in a column that rules cannot compare', async () => {
  const { notes } = rules.tables;
  const insert = { op: 'null', column: 'origin' } as const;
  const access: AccessRules = {
    ...rules,
    tables: { ...rules.tables, notes: { ...notes!, insert } },
  };
  await write((own) => own.insert(note(32, { origin: null })), access, true);
  expect(await held(32)).toHaveLength(1);
  await expect(write((own) => own.insert(note(33)), access, true)).rejects.toThrow(AccessDenied);
});

test('rows are written with the types of their columns', async () => {
  await db.client.exec('alter table notes alter created_at type timestamptz(6)');
  await write((notes) => notes.insert(note(31)));
  expect(await held(31)).toEqual([['new', { a: 1 }, '1767268800.123456']]);
  await write((notes) => notes.upsert(note(31, { title: 'newer' })));
  expect(await held(31)).toEqual([['newer', { a: 1 }, '1767268800.123456']]);
  expect(statements).toHaveLength(3);
  await write((notes) => notes.update({ id: id(31).toUpperCase(), title: 'newest' }));
  expect(await held(31)).toEqual([['newest', { a: 1 }, '1767268800.123456']]);
  await write((notes) => notes.delete({ id: id(31) }));
  expect(await held(31)).toEqual([]);
});

test('a refused row is not written', async () => {
  await expect(write((notes) => notes.insert(note(31, { author_id: BEN })))).rejects.toThrow(
    AccessDenied,
  );
  await expect(write((notes) => notes.update({ id: id(12), title: 'x' }))).rejects.toThrow(
    AccessDenied,
  );
  expect(await held(31)).toEqual([]);
});

test('a row is locked between check and write, except under row-level security', async () => {
  await write((notes) => notes.update({ id: id(11), title: 'x' }));
  expect(statements[0]).toMatch(/ for update of "r0"$/);
  await write((notes) => notes.update({ id: id(11), title: 'y' }), rules, true);
  expect(statements[0]).not.toMatch(/for update/);
});

test('a constant rule needs no statement', async () => {
  const notes = rules.tables['notes'];
  if (!notes) throw new Error('no rules for notes');
  const inserting = (op: 'anyone' | 'nobody'): AccessRules => ({
    ...rules,
    tables: { notes: { ...notes, insert: { op } } },
  });
  await write((notes) => notes.insert(note(31)), inserting('anyone'));
  expect(statements).toHaveLength(1);
  await expect(write((notes) => notes.insert(note(32)), inserting('nobody'))).rejects.toThrow(
    AccessDenied,
  );
  expect(statements).toHaveLength(0);
});

test('a key of a type that rules do not support works', async () => {
  const notes = rules.tables['notes'];
  if (!notes) throw new Error('no rules for notes');
  const { id: _, ...columns } = notes.columns;
  const access = { ...rules, tables: { ...rules.tables, notes: { ...notes, columns } } };
  await write((notes) => notes.update({ id: id(11), title: 'found' }), access);
  expect(await held(11)).toMatchObject([['found', { a: 1 }, expect.anything()]]);
});

test('a rule that refers to itself is refused', async () => {
  const notes = rules.tables['notes'];
  if (!notes) throw new Error('no rules for notes');
  const access: AccessRules = {
    ...rules,
    tables: {
      notes: {
        ...notes,
        read: {
          op: 'exists',
          table: 'notes',
          on: [{ other: 'id', own: 'id' }],
          rule: { op: 'anyone' },
          rows: 'visible',
        },
      },
    },
  };
  await expect(write((notes) => notes.delete({ id: id(11) }), access)).rejects.toMatchObject({
    problem: { code: 'access/cycle' },
  });
});
