import { defineMutator } from '@rocicorp/zero';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AccessDenied } from './access-denied.ts';
import {
  ANN,
  BEN,
  CREATED,
  id,
  MINE,
  notesDatabase,
  OTHERS,
  rules,
  zql,
  type Tx,
} from './notes.fixture.ts';

let db: Awaited<ReturnType<typeof notesDatabase>>;
beforeAll(async () => {
  db = await notesDatabase();
});
beforeEach(() => db.reset());
afterAll(() => db.client.close());

const note = (number: number, changes: object = {}) => ({
  id: id(number),
  team: MINE,
  author: ANN,
  title: 'new',
  createdAt: CREATED,
  ...changes,
});
const title = async (number: number): Promise<unknown> =>
  (await db.rows(`select title from notes where id = '${id(number)}'`)).flat()[0];

/** The operation and the rule of a refusal. */
async function refusal(mutate: (tx: Tx) => Promise<unknown>): Promise<unknown> {
  try {
    await db.run(mutate);
    return 'allowed';
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    const { table, operation, rule, column } = error;
    return [table, operation, rule, ...(column ? [column] : [])].join(' ');
  }
}

describe('insert', () => {
  test('writes what the rule allows, with two more statements', async () => {
    await db.run((tx) => tx.mutate.note.insert(note(31)));
    expect(await title(31)).toBe('new');
    expect(db.statements).toHaveLength(3);
  });

  test('is refused by the rule for the new row, and writes nothing', async () => {
    expect(await refusal((tx) => tx.mutate.note.insert(note(31, { author: BEN })))).toBe(
      'notes insert insert',
    );
    expect(await refusal((tx) => tx.mutate.note.insert(note(31, { team: OTHERS })))).toBe(
      'notes insert insert',
    );
    expect(await title(31)).toBeUndefined();
  });

  test('does not change an existing row, even an unreadable one', async () => {
    await db.run((tx) => tx.mutate.note.insert(note(12)));
    await db.run((tx) => tx.mutate.note.insert(note(21)));
    expect([await title(12), await title(21)]).toEqual(['by Ben', 'hidden']);
    expect(db.statements).toHaveLength(1);
  });
});

describe('update', () => {
  test('writes what the rules allow, with two more statements', async () => {
    await db.run((tx) => tx.mutate.note.update({ id: id(11), title: 'better' }));
    expect(await title(11)).toBe('better');
    expect(db.statements).toHaveLength(3);
  });

  test.each([
    ['the row before', { id: id(12), title: 'x' }, 'notes update update.from'],
    ['the row after', { id: id(11), title: 'forbidden' }, 'notes update update.to'],
    ['reading the row after', { id: id(11), team: OTHERS }, 'notes update read'],
    [
      'a column that never changes',
      { id: id(11), author: BEN },
      'notes update immutable author_id',
    ],
    [
      'a moment that never changes',
      { id: id(11), createdAt: 0 },
      'notes update immutable created_at',
    ],
    ['a column of another type', { id: id(11), origin: { a: 2 } }, 'notes update immutable origin'],
  ])('is refused by %s', async (_, changes, expected) => {
    const before = await db.rows('select * from notes order by id');
    expect(await refusal((tx) => tx.mutate.note.update(changes))).toBe(expected);
    expect(await db.rows('select * from notes order by id')).toEqual(before);
  });

  test('omits unchanged immutable columns from the statement', async () => {
    const same = { id: id(11), author: ANN, createdAt: CREATED, title: 'same author' };
    await db.run((tx) => tx.mutate.note.update(same));
    expect(await title(11)).toBe('same author');
    expect(db.statements[1]).toMatch(/^UPDATE/i);
    expect(db.statements[1]).not.toMatch(/author_id|created_at/);
    await db.run((tx) => tx.mutate.note.update({ id: id(11), origin: { a: 1 } }));
  });

  test('of a missing or unreadable row does nothing, without an error', async () => {
    for (const number of [21, 99]) {
      await db.run((tx) => tx.mutate.note.update({ id: id(number), title: 'x' }));
      expect(db.statements).toHaveLength(1);
    }
    expect(await title(21)).toBe('hidden');
  });

  test('without changes runs no statement', async () => {
    await db.run((tx) => tx.mutate.note.update({ id: id(12), title: undefined }));
    expect(db.statements).toEqual([]);
  });
});

describe('delete', () => {
  test('deletes what the rule allows, with one more statement', async () => {
    await db.run((tx) => tx.mutate.note.delete({ id: id(11) }));
    expect(await title(11)).toBeUndefined();
    expect(db.statements).toHaveLength(2);
  });

  test('is refused by the rule for the row', async () => {
    expect(await refusal((tx) => tx.mutate.note.delete({ id: id(12) }))).toBe(
      'notes delete delete',
    );
    expect(await refusal((tx) => tx.mutate.note.delete({ id: id(13) }))).toBe(
      'notes delete delete',
    );
  });

  test('of a missing or unreadable row does nothing', async () => {
    await db.run((tx) => tx.mutate.note.delete({ id: id(21) }));
    await db.run((tx) => tx.mutate.note.delete({ id: id(99) }));
    expect(await title(21)).toBe('hidden');
  });
});

describe('upsert', () => {
  test('of a new row checks the insert rule', async () => {
    await db.run((tx) => tx.mutate.note.upsert(note(31)));
    expect(await title(31)).toBe('new');
    expect(db.statements).toHaveLength(3);
    expect(await refusal((tx) => tx.mutate.note.upsert(note(32, { author: BEN })))).toBe(
      'notes upsert insert',
    );
  });

  test('of an existing row checks the update rules', async () => {
    await db.run((tx) => tx.mutate.note.upsert(note(11)));
    expect(await title(11)).toBe('new');
    expect(db.statements).toHaveLength(3);
    expect(db.statements[1]).toMatch(/^UPDATE/i);
    expect(db.statements[1]).not.toMatch(/author_id|created_at/);
  });

  test.each([
    ['before', note(12), 'notes upsert update.from'],
    ['after', note(11, { title: 'forbidden' }), 'notes upsert update.to'],
    ['that may not change', note(11, { author: BEN }), 'notes upsert immutable author_id'],
    // The row can neither be skipped nor written.
    ['that is hidden', note(21), 'notes upsert read'],
  ])('is refused by the row %s', async (_, row, expected) => {
    const before = await db.rows('select * from notes order by id');
    expect(await refusal((tx) => tx.mutate.note.upsert(row))).toBe(expected);
    expect(await db.rows('select * from notes order by id')).toEqual(before);
  });
});

describe('rules that refer to the written table', () => {
  test('see the table before the write: a membership row cannot authorize its own insert', async () => {
    expect(await refusal((tx) => tx.mutate.member.insert({ team: OTHERS, person: ANN }))).toBe(
      'app.members insert insert',
    );
    expect(await refusal((tx) => tx.mutate.member.upsert({ team: OTHERS, person: ANN }))).toBe(
      'app.members upsert insert',
    );
    await db.run((tx) => tx.mutate.member.insert({ team: MINE, person: id(3) }));
    expect(await db.rows('select count(*)::int from app.members')).toEqual([[4]]);
  });

  test('see earlier writes of the same transaction', async () => {
    await db.run(async (tx) => {
      await tx.mutate.member.insert({ team: MINE, person: id(3) });
      await tx.mutate.note.insert(note(31));
    });
    expect(await title(31)).toBe('new');
  });

  test('see the row as it was before the update', async () => {
    const own = { team: MINE, person: ANN, boss: ANN };
    // The rule requires a boss, whom the row only has after the update.
    expect(await refusal((tx) => tx.mutate.member.update(own))).toBe(
      'app.members update update.to',
    );
    await db.client.exec(`update app.members set boss = '${BEN}' where person = '${ANN}'`);
    await db.run((tx) => tx.mutate.member.update(own));
    expect(await db.rows(`select boss from app.members where person = '${ANN}'`)).toEqual([[ANN]]);
  });
});

describe('a transaction', () => {
  test('works with a mutator that does not know the guard', async () => {
    const rename = defineMutator<{ title: string }>(async ({ tx, args }) => {
      // The default schema of Zero's types is not that of this test.
      const own = tx as unknown as Tx;
      const notes = await own.run(zql.note.where('author', ANN).orderBy('id', 'asc'));
      for (const { id } of notes) await own.mutate.note.update({ id, title: args.title });
    });
    await db.run((tx) => rename.fn({ tx, args: { title: 'all' }, ctx: undefined as never }));
    expect([await title(11), await title(12), await title(13)]).toEqual(['all', 'by Ben', 'all']);
  });

  test('cannot commit after a refusal that the mutator catches', async () => {
    await db
      .run(async (tx) => {
        await tx.mutate.note.update({ id: id(11), title: 'first' });
        await tx.mutate.note.insert(note(31, { author: BEN })).catch(() => undefined);
      })
      .catch(() => undefined);
    expect([await title(11), await title(31)]).toEqual(['by Ann', undefined]);
  });

  test('runs concurrent writes one after the other', async () => {
    await db.run((tx) =>
      Promise.all([
        tx.mutate.note.insert(note(31)),
        tx.mutate.note.update({ id: id(31), title: 'second' }),
        tx.mutate.note.delete({ id: id(11) }),
      ]),
    );
    expect([await title(31), await title(11)]).toEqual(['second', undefined]);
  });

  test('allows custom SQL only through `unguarded`', async () => {
    await expect(db.run(async (tx) => tx.dbTransaction)).rejects.toMatchObject({
      problem: { code: 'sync/unguarded' },
    });
    await db.run((tx) =>
      tx.unguarded.dbTransaction.query(`update notes set title = 'raw' where id = $1`, [id(21)]),
    );
    expect(await title(21)).toBe('raw');
  });

  test('writes nothing to a table without rules', async () => {
    expect(await refusal((tx) => tx.mutate.secret.insert({ id: 'b', word: 'x' }))).toBe(
      'secret insert insert',
    );
    expect(await refusal((tx) => tx.mutate.secret.upsert({ id: 'b', word: 'x' }))).toBe(
      'secret upsert insert',
    );
    expect(await refusal((tx) => tx.mutate.secret.upsert({ id: 'a', word: 'x' }))).toBe(
      'secret upsert read',
    );
    await db.run((tx) => tx.mutate.secret.update({ id: 'a', word: 'x' }));
    await db.run((tx) => tx.mutate.secret.delete({ id: 'a' }));
    expect(await db.rows('select * from secret')).toEqual([['a', 'hush']]);
  });

  test('of an anonymous principal writes nothing', async () => {
    const run = (mutate: (tx: Tx) => Promise<unknown>): Promise<void> => db.run(mutate, {}, rules);
    await expect(run((tx) => tx.mutate.note.insert(note(31)))).rejects.toThrow(AccessDenied);
    await run((tx) => tx.mutate.note.update({ id: id(11), title: 'x' }));
    await run((tx) => tx.mutate.note.delete({ id: id(11) }));
    expect(await title(11)).toBe('by Ann');
  });
});

test('a refusal names the rule, and reveals nothing of the row', async () => {
  const error: unknown = await db
    .run((tx) => tx.mutate.note.insert(note(31, { author: BEN, title: 'a secret' })))
    .catch((error: unknown) => error);
  expect(error).toBeInstanceOf(AccessDenied);
  const { message, stack, cause } = error as Error;
  expect(message).toBe('insert on notes: refused by the rule insert.');
  expect(`${stack} ${JSON.stringify(error)} ${String(cause)}`).not.toMatch(/a secret|000000002/);
});

test('a write must identify its row', async () => {
  const update = (tx: Tx): Promise<void> => tx.mutate.note.update({ title: 'x' } as never);
  await expect(db.run(update)).rejects.toMatchObject({ problem: { code: 'sync/no-key' } });
});
