import { getTableColumns } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { defaultOperatorClass } from './default-operator-class.ts';
import { readColumnType } from '../../kit/read-column-type.ts';
import { blankPostgres } from '../../testing/blank-postgres.fixture.ts';

const mood = pg.pgEnum('mood', ['good', 'bad']);
const tsvector = pg.customType<{ data: string }>({ dataType: () => 'tsvector' });
const everything = pg.pgTable('everything', {
  a: pg.uuid('a'),
  b: pg.text('b'),
  c: pg.varchar('c', { length: 9 }),
  d: pg.char('d', { length: 2 }),
  e: pg.smallint('e'),
  f: pg.integer('f'),
  g: pg.bigint('g', { mode: 'number' }),
  h: pg.real('h'),
  i: pg.doublePrecision('i'),
  j: pg.numeric('j', { precision: 9, scale: 2 }),
  k: pg.boolean('k'),
  l: pg.date('l'),
  m: pg.time('m'),
  n: pg.timestamp('n'),
  o: pg.timestamp('o', { withTimezone: true, precision: 3 }),
  p: pg.jsonb('p'),
  q: pg.inet('q'),
  r: pg.interval('r'),
  s: pg.text('s').array(),
  t: mood('t'),
  u: tsvector('u'),
});

test('they are those that Postgres chooses', async () => {
  await using db = await blankPostgres();
  await db.exec("create type mood as enum ('good', 'bad')");
  for (const column of Object.values(getTableColumns(everything))) {
    await db.exec(`create table t (c ${column.getSQLType()})`);
    for (const method of ['btree', 'gin', 'gist']) {
      const expected = defaultOperatorClass(readColumnType(column), method);
      if (expected === undefined) continue;
      await db.exec(`create index i on t using ${method} (c)`);
      const { rows } = await db.query<{ name: string }>(
        "select opcname as name from pg_index join pg_opclass opc on opc.oid = indclass[0] where indexrelid = 'i'::regclass",
      );
      expect(rows, `${column.getSQLType()} ${method}`).toEqual([{ name: expected }]);
      await db.exec('drop index i');
    }
    await db.exec('drop table t');
  }
});
